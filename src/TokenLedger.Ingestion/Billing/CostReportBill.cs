using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads answers of Anthropic's <c>cost_report</c>.</summary>
internal sealed class CostReportBill(BillHints hints, KnownTexts texts, BillLog log)
{
    private readonly List<CostPage> pages = [];

    /// <summary>The form, for people.</summary>
    public static string Format => "Anthropic cost_report (JSON)";

    /// <summary>Whether no page of the report was taken.</summary>
    public bool IsEmpty => pages.Count == 0;

    /// <summary>Takes an answer; false when it is none of the report.</summary>
    public bool TryTake(JsonAnswer answer)
    {
        var address = CostReportAddress.Of(answer.Url);
        var hasForm = answer is { HasBuckets: true, HasItems: false }
            && answer.Buckets.TrueForAll(bucket => bucket.StartingAt is not null);
        if (!hasForm || (address.IsKnown ? !address.IsCostReport : answer.Buckets.Count == 0))
            return false;
        pages.Add(new CostPage(answer, address));
        return true;
    }

    /// <summary>The days of every whole report, in the order of the file.</summary>
    public IEnumerable<DayBill> ToDays()
    {
        var whole = new CostPages(log).Join(pages);
        if (whole.Count == 0)
            return [];
        if (CostDays.AccountOf(hints, BillingAccount.Anthropic) is { } account)
            return whole.SelectMany(report => ToDays(report, account)).ToList();
        CostDays.SayNoAccount(whole[0][0], log);
        return [];
    }

    private IReadOnlyList<DayBill> ToDays(IReadOnlyList<CostPage> report, BillingAccount account)
    {
        var days = new CostDays(log);
        foreach (var page in report)
        {
            // Which day a broken row is of is not known, so none of the report is whole.
            page.Answer.Faults.ForEach(fault => log.Reject(fault.Line, null, fault.Code, fault.Message));
            var rows = new List<BillRow>();
            foreach (var bucket in page.Answer.Buckets)
            {
                if (CostDays.DayOf(bucket, hints, log) is not { } day || !days.IsFirstOfPage(bucket, day))
                    continue;
                if (bucket.Items.Count == 0 && page.Answer.Faults.Count == 0)
                    days.AddEmpty(day);
                rows.AddRange(bucket.Items
                    .Select(cells => CostReportRows.Read(cells, day, page.Address.IsByWorkspace, texts, log))
                    .OfType<BillRow>());
            }

            days.AddPage(rows);
        }

        return days.ToDays(account, BillView.CostReport);
    }
}
