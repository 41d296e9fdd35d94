namespace TokenLedger.Domain.Gap;

/// <summary>The sum of cells: the way from the estimate to the bill.</summary>
/// <param name="EstimatedAiCredits">The estimate of all priced usage, exact; null when none is priced.</param>
/// <param name="UnpricedRequests">Requests without a price, which are not in the estimate.</param>
/// <param name="BilledNanoCredits">Gross; null when no bill was seen.</param>
/// <param name="NetNanoCredits">Net; null when the net of any bill is unknown, or none was seen.</param>
/// <param name="Amounts">
/// The amounts, by part, then cause. They add up to the billed less the estimated credits, unknown taken as nothing.
/// </param>
public sealed record GapSum(
    decimal? EstimatedAiCredits,
    long UnpricedRequests,
    long? BilledNanoCredits,
    long? NetNanoCredits,
    IReadOnlyList<GapAmount> Amounts)
{
    /// <summary>The sum, in any order of the cells.</summary>
    public static GapSum Of(IReadOnlyCollection<GapCell> cells)
    {
        var amounts = new GapAmounts();
        foreach (var amount in cells.SelectMany(cell => cell.Amounts))
            amounts.AddAiCredits(amount.Part, amount.Cause, amount.AiCredits, amount.Runs, amount.MayHold);
        var seen = cells.Where(cell => cell.BilledNanoCredits is not null).ToList();
        return new GapSum(
            cells.Select(cell => cell.EstimatedAiCredits)
                .Aggregate((decimal?)null, (sum, part) => part is null ? sum : (sum ?? 0) + part),
            cells.Aggregate(0L, (sum, cell) => checked(sum + cell.UnpricedRequests)),
            seen.Count == 0 ? null : seen.Aggregate(0L, (sum, cell) => checked(sum + cell.BilledNanoCredits!.Value)),
            seen.Count == 0
                ? null : seen.Aggregate((long?)0, (sum, cell) => checked(sum + cell.NetNanoCredits)),
            amounts.ToList());
    }
}
