namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// Puts the pages of a cost report together, Anthropic's or OpenAI's. A bill of which a page is missing would be too
/// small, so it is none.
/// </summary>
internal sealed class CostPages(BillLog log)
{
    private readonly List<CostPage> open = [];
    private readonly HashSet<string> cursors = new(StringComparer.Ordinal);

    /// <summary>The bills whose pages are all there, each page in the order of the file.</summary>
    public IReadOnlyList<IReadOnlyList<CostPage>> Join(IEnumerable<CostPage> pages)
    {
        var whole = new List<IReadOnlyList<CostPage>>();
        foreach (var page in pages)
        {
            if (!Continues(page))
            {
                DropOpen();
                if (page.Address.Page is not null)
                {
                    Drop([page], "the page before it is missing");
                    continue;
                }
            }

            open.Add(page);
            if (page.Answer.HasMore == false)
            {
                whole.Add([.. open]);
                Clear();
            }
            else if (page.Answer.NextPage is not { Length: > 0 } next || !cursors.Add(next))
            {
                DropOpen();
            }
        }

        DropOpen();
        return whole;
    }

    // An answer kept without its address says nothing of its place: the order of the file does.
    private bool Continues(CostPage page) =>
        open.Count > 0
        && (!page.Address.IsKnown
            || (page.Address.Page is { } cursor
                && string.Equals(cursor, open[^1].Answer.NextPage, StringComparison.Ordinal)
                && (!open[0].Address.IsKnown
                    || string.Equals(page.Address.Question, open[0].Address.Question, StringComparison.Ordinal))));

    private void DropOpen()
    {
        if (open.Count > 0)
            Drop(open, "the page after it is missing, or it does not say whether there is one");
        Clear();
    }

    private void Clear()
    {
        open.Clear();
        cursors.Clear();
    }

    private void Drop(List<CostPage> pages, string reason)
    {
        foreach (var fault in pages.SelectMany(page => page.Answer.Faults))
            log.Problem(fault.Line, fault.Code, fault.Message);
        log.Problem(
            pages[^1].Answer.Line, BillCodes.MissingPage,
            $"The cost report is cut ({reason}) and no bill: fetch all of its pages, with has_more, into one file.");
    }
}
