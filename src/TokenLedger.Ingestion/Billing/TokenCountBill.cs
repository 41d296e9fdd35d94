using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads a provider's own counts of tokens: no bill, but what a bill's tokens are compared with.</summary>
internal sealed class TokenCountBill(TokenCountForm form, BillHints hints, KnownTexts texts, BillLog log)
{
    private readonly List<CostPage> pages = [];

    /// <summary>The form, for people.</summary>
    public string Format => $"{form.Source} {BillViewName.Of(form.View)} (JSON)";

    /// <summary>Whether no page of the counts was taken.</summary>
    public bool IsEmpty => pages.Count == 0;

    /// <summary>Takes an answer; false when it is none of the counts.</summary>
    public bool TryTake(JsonAnswer answer)
    {
        var address = CostReportAddress.Of(answer.Url);
        if (answer is not { HasBuckets: true, HasItems: false }
            || (address.IsKnown ? !address.EndsWith(form.Path) : !form.IsOf(answer)))
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
        if (CostDays.AccountOf(hints, form.Source) is { } account)
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
                if (CostDays.DayOf(bucket, hints, log) is not { } day
                    || (bucket.Date is null && !days.IsFirstOfPage(bucket, day)))
                    continue;
                var read = bucket.Items
                    .Select(cells => TokenCountRows.Read(cells, day, form, page.Address, texts, log))
                    .ToList();
                // Rows of nothing but zeros are a day on which nothing was used.
                if (page.Answer.Faults.Count == 0 && !read.Contains(null))
                    days.AddEmpty(day);
                rows.AddRange(read.OfType<IReadOnlyList<BillRow>>().SelectMany(row => row));
            }

            days.AddPage(rows);
        }

        if (form.View is BillView.CompletionsUsage or BillView.ClaudeCodeUsage)
            days.AddAskedFor(report, hints);
        return days.ToDays(account, form.View);
    }
}
