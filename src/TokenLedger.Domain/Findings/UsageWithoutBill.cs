using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.Findings;

/// <summary>A final bill that has money, and none for usage that is known.</summary>
/// <remarks>
/// A bill of nothing for known usage never becomes final: settlement tells that itself as no-bill-for-usage.
/// </remarks>
internal static class UsageWithoutBill
{
    private const long AmountMinCredits = 50;

    // Rounding and small models aside.
    private const decimal ShareMin = 0.05m;

    private const string Control =
        "Find out who pays for the usage: another wallet, a key of somebody's own, or a model that is free; name the"
        + " payer in Sources:N:Pays, or report it to the provider.";

    public static IEnumerable<Finding> Of(FindingDay day) => day.Accounts
        .Where(account => account.Settlement.IsFinal && account.Input.HasBill)
        .Select(account => OfAccount(day, account.Input, account.Result))
        .OfType<Finding>();

    private static Finding? OfAccount(FindingDay day, AccountDay input, DayReconciliation result)
    {
        var billed = result.Shares.Where(share => share.GrossNanoCredits != 0)
            .Select(share => share.Slice)
            .ToHashSet<PricedSlice>(ReferenceEqualityComparer.Instance);
        var bare = input.Slices
            .Where(slice => slice.EstimatedAiCredits is not null && !billed.Contains(slice))
            .ToList();
        if (ObservedRun.NanoCreditsOf(bare) is not { } missing
            || missing < FindingFigures.Credits(AmountMinCredits)
            || ObservedRun.NanoCreditsOf(input.Slices.Where(slice => slice.EstimatedAiCredits is not null))
                is not { } known
            || FindingFigures.Over(missing, known) is var share && share < ShareMin)
            return null;
        var runs = bare.Select(slice => slice.Run.Key).Distinct().Count();
        return new Finding(FindingCodes.UsageWithoutBill, input.Account.Key, day.Day)
        {
            Message = FormattableString.Invariant(
                $"the final bill of {input.Account.Key} has nothing for {runs:N0} runs that are estimated at ")
                + $"{FindingFigures.Say(missing)}, {FindingFigures.Percent(share)} of the day's known usage.",
            Control = Control,
            Evidence =
            [
                FindingFigures.Count("runs", runs), FindingFigures.Credits("unbilledCredits", missing),
                FindingFigures.Credits("knownCredits", known), FindingFigures.Ratio("share", share),
                ("models", string.Join(", ", bare.Select(slice => slice.Model).Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal).Take(5))),
            ],
        };
    }
}
