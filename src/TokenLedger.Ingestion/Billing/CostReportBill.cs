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
        if (Account() is { } account)
            return whole.SelectMany(report => ToDays(report, account)).ToList();
        log.Problem(whole[0][0].Answer.Line, BillCodes.NoAccount,
            "A cost report does not say whose it is: pass --org NAME, the name that its source is configured with.");
        return [];
    }

    private BillingAccount? Account() => (hints.Enterprise, hints.Organization, hints.User) switch
    {
        ({ } enterprise, _, _) => Of(BillingAccountKind.Enterprise, enterprise),
        (_, { } organization, _) => Of(BillingAccountKind.Organization, organization),
        (_, _, { } user) => Of(BillingAccountKind.User, user),
        _ => null,
    };

    private static BillingAccount Of(BillingAccountKind kind, string name) =>
        new(BillingAccount.Anthropic, kind, name.Trim());

    private IReadOnlyList<DayBill> ToDays(IReadOnlyList<CostPage> report, BillingAccount account)
    {
        var assembly = new BillAssembly();
        var empty = new SortedSet<DateOnly>();
        var seen = new HashSet<(DateOnly, string)>();
        foreach (var page in report)
        {
            // Which day a broken row is of is not known, so none of the report is whole.
            page.Answer.Faults.ForEach(fault => log.Reject(fault.Line, null, fault.Code, fault.Message));
            var rows = new List<BillRow>();
            foreach (var bucket in page.Answer.Buckets)
            {
                if (DayOf(bucket) is not { } day)
                    continue;
                if (bucket.Items.Count == 0 && page.Answer.Faults.Count == 0)
                    empty.Add(day);
                rows.AddRange(bucket.Items
                    .Select(cells => CostReportRows.Read(cells, day, page.Address.IsByWorkspace, texts, log))
                    .OfType<BillRow>());
            }

            AddPage(rows, assembly, seen);
        }

        var days = assembly.ToDays(account, BillView.CostReport, "", log);
        empty.ExceptWith(days.Select(bill => bill.Day));
        return [.. days, .. empty.Select(day => BillAssembly.EmptyDay(account, BillView.CostReport, day, ""))];
    }

    // Within a page equal rows are parts of one charge. A row that another page has already is a page of another look
    // at the same bill, or one that moved while it was read: adding it would bill it twice.
    private void AddPage(List<BillRow> rows, BillAssembly assembly, HashSet<(DateOnly, string)> seen)
    {
        foreach (var row in rows)
        {
            if (!seen.Contains((row.Day, row.NaturalKey)))
            {
                assembly.Add(row);
                continue;
            }

            log.Reject(row.Line, row.Day, BillCodes.MissingPage,
                "The row stands on two pages of the cost report: fetch all pages again, into a file of their own.");
        }

        seen.UnionWith(rows.Select(row => (row.Day, row.NaturalKey)));
    }

    private DateOnly? DayOf(CostBucket bucket)
    {
        if (!BillDate.TryReadInstant(bucket.StartingAt, out var start)
            || !BillDate.TryReadInstant(bucket.EndingAt, out var end)
            || start.TimeOfDay != TimeSpan.Zero || end - start != TimeSpan.FromDays(1))
        {
            log.Reject(bucket.Line, null, BillCodes.BadPeriod,
                "The bucket is not one UTC day from starting_at to ending_at: ask with bucket_width=1d.");
            return null;
        }

        var day = DateOnly.FromDateTime(start.UtcDateTime);
        if (hints.Day is { } flag && flag != day)
        {
            log.Problem(bucket.Line, BillCodes.Contradiction,
                $"The bucket is of {ShownText.Of(day)}, not {ShownText.Of(flag)}: correct --day.");
            return null;
        }

        if (bucket.HasResults)
            return day;
        log.Reject(bucket.Line, day, BillCodes.BadJsonRow, "The bucket has no results: fetch the report again.");
        return null;
    }
}
