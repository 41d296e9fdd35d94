namespace TokenLedger.Application.Polling;

/// <summary>The order in which due days are asked for.</summary>
internal static class PollOrder
{
    /// <summary>
    /// The newest day and the one that has waited longest by turns: what people look at comes first, and nothing
    /// waits for ever behind it.
    /// </summary>
    public static IReadOnlyList<DueDay> Of(IReadOnlyCollection<DueDay> due)
    {
        var newest = new Queue<DueDay>(due.OrderByDescending(day => day.Day));
        var longest = new Queue<DueDay>(due.OrderBy(day => day.Since).ThenByDescending(day => day.Day));
        var taken = new HashSet<DateOnly>();
        var order = new List<DueDay>(due.Count);
        while (order.Count < due.Count)
        {
            var next = (order.Count % 2 == 0 ? newest : longest).Dequeue();
            if (taken.Add(next.Day))
                order.Add(next);
        }

        return order;
    }
}
