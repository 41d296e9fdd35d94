using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Metrics;

/// <summary>
/// What reviews cost: AI usage and Actions minutes are two components of a bill, added here alone and shown apart.
/// </summary>
internal static class ReviewCost
{
    public static MetricFigure Of(MetricGroup group)
    {
        var reviews = group.Runs.Where(group.IsReview).ToList();
        var keys = reviews.Select(run => run.Key).ToHashSet();
        var money = group.SpendOf(run => keys.Contains(run.Key));
        var shares = group.Minutes?.Where(share => share.Run is { } run && keys.Contains(run.Key)).ToList();
        var billed = shares?.Select(share => share.Run!.Key).ToHashSet();
        // A run that took no minutes costs none; one that no charge was split over is not known to cost nothing.
        var isKnown = billed is not null
            && reviews.TrueForAll(run => run.ActionsMinutes == 0 || billed.Contains(run.Key));
        var minutes = AiCredits.UsdFromNanoCredits(
            shares?.Aggregate(0L, (sum, share) => checked(sum + share.GrossNanoCredits)) ?? 0);
        var figure = MetricFigure.Sum(money, isKnown ? null : MetricFigure.NoMinutes);
        return figure with
        {
            Value = figure.Value + minutes,
            Numerator = figure.Numerator + minutes,
            Parts = [new("ai-usage", money.KnownUsd), new("actions-minutes", isKnown ? minutes : null)],
        };
    }
}
