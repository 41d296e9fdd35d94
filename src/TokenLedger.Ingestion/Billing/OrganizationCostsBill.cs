using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads answers of OpenAI's <c>organization/costs</c>.</summary>
internal sealed class OrganizationCostsBill(BillHints hints, KnownTexts texts, BillLog log)
{
    private const string RowObject = "organization.costs.result";

    private readonly List<CostPage> pages = [];

    /// <summary>The form, for people.</summary>
    public static string Format => "OpenAI organization/costs (JSON)";

    /// <summary>Whether no page of the costs was taken.</summary>
    public bool IsEmpty => pages.Count == 0;

    /// <summary>Takes an answer; false when it is none of the costs.</summary>
    public bool TryTake(JsonAnswer answer)
    {
        var address = CostReportAddress.Of(answer.Url);
        var hasForm = answer is { HasBuckets: true, HasItems: false } && answer.Buckets.TrueForAll(IsOfCosts);
        if (!hasForm || (address.IsKnown ? !address.IsOrganizationCosts : answer.Buckets.Count == 0))
            return false;
        pages.Add(new CostPage(answer, address));
        return true;
    }

    /// <summary>The days of every whole answer, in the order of the file.</summary>
    public IEnumerable<DayBill> ToDays()
    {
        var whole = new CostPages(log).Join(pages);
        if (whole.Count == 0)
            return [];
        if (CostDays.AccountOf(hints, BillingAccount.OpenAI) is { } account)
            return whole.SelectMany(report => ToDays(report, account)).ToList();
        CostDays.SayNoAccount(whole[0][0], log);
        return [];
    }

    // OpenAI's reports of usage have the same buckets and other rows.
    private static bool IsOfCosts(CostBucket bucket) =>
        bucket is { StartTime: not null, StartingAt: null }
        && bucket.Items.TrueForAll(cells => cells["object"] is null or RowObject);

    private IReadOnlyList<DayBill> ToDays(IReadOnlyList<CostPage> report, BillingAccount account)
    {
        var days = new CostDays(log);
        var groups = OrganizationCostsGroups.Of(report);
        foreach (var page in report)
        {
            // Which day a broken row is of is not known, so none of the answer is whole.
            page.Answer.Faults.ForEach(fault => log.Reject(fault.Line, null, fault.Code, fault.Message));
            var rows = new List<BillRow>();
            foreach (var bucket in page.Answer.Buckets)
            {
                if (CostDays.DayOf(bucket, hints, log) is not { } day || !days.IsFirstOfPage(bucket, day))
                    continue;
                if (bucket.Items.Count == 0 && page.Answer.Faults.Count == 0)
                    days.AddEmpty(day);
                rows.AddRange(bucket.Items
                    .Select(cells => OrganizationCostsRows.Read(cells, day, groups, texts, log))
                    .OfType<BillRow>());
            }

            days.AddPage(rows);
        }

        days.AddAskedFor(report, hints);
        return days.ToDays(account, BillView.OrganizationCosts);
    }
}
