using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads a CSV bill: tells GitHub's reports and FOCUS apart by their columns.</summary>
internal sealed class CsvBill(BillHints hints, ModelNames names, BillLog log, BillChecks checks)
{
    private GitHubReport? report;
    private FocusBill? focus;

    /// <summary>The file's days; the format is null when the header is not known.</summary>
    public (string? Format, IReadOnlyList<DayBill> Days) Read(ReadOnlyMemory<byte> content)
    {
        var rows = new CsvRows(content, log);
        rows.Read(Accept, Take);
        if (report is not null)
            return (report.Format, report.ToDays());
        if (focus is not null)
            return (FocusBill.Format, focus.ToDays());
        return (null, []);
    }

    private bool Accept(IReadOnlySet<string> columns)
    {
        if (FocusBill.IsHeader(columns))
            focus = new FocusBill(hints, names, log, checks);
        else if (GitHubReport.IsHeader(columns))
            report = new GitHubReport(columns, hints, names, log, checks);
        else
        {
            log.Problem(1, BillCodes.Unrecognised,
                "The header is neither of a GitHub usage report (date, sku, gross_amount) nor of FOCUS (BilledCost, "
                + "ChargeCategory, ChargePeriodStart): import one of these, or an answer of GitHub's billing API.");
            return false;
        }

        return true;
    }

    private void Take(BillCells cells)
    {
        report?.Take(cells);
        focus?.Take(cells);
    }
}
