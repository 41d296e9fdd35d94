using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Features;

/// <summary>What the slices of an attempt cost, by phase and purpose, and how their tokens are made up.</summary>
/// <param name="Total">All of them; null where one has no price.</param>
/// <param name="Detection">Those of threat detection.</param>
/// <param name="SubAgent">Those of the agent phase's sub-agents.</param>
/// <param name="Reasoning">The reasoning part of the agent phase's output.</param>
/// <param name="CacheReadShare">Tokens read over these and fresh ones; null without either.</param>
/// <param name="ReasoningShare">Reasoning over the agent phase's output; null where no log tells reasoning.</param>
internal sealed record RunCosts(
    KindCredits? Total, decimal? Detection, decimal? SubAgent, decimal? Reasoning, decimal? CacheReadShare,
    decimal? ReasoningShare)
{
    /// <summary>A part's share of all; null where either is unknown, or nothing was spent.</summary>
    public decimal? ShareOf(decimal? part) => Total is { Total: > 0 and var all } ? part / all : null;

    /// <param name="run">The attempt's rows.</param>
    /// <param name="session">What the agent's sessions counted: proxies tell no reasoning (AWF v0.28).</param>
    /// <param name="prices">The price book.</param>
    public static RunCosts Of(LedgerRun run, TokenCounts session, PriceBook prices)
    {
        var priced = run.Slices.Select(slice => (Slice: slice, prices.EstimateOf(slice).AiCredits)).ToList();
        var tokens = Sum(run.Slices);
        var agent = Sum(run.Slices.Where(slice => slice.Phase == Phase.Agent));
        // Reasoning of 0 is also what a log says that does not tell it.
        var told = agent.Reasoning > 0 ? agent : session;
        decimal? share = told is { Reasoning: > 0, Output: > 0 } ? (decimal)told.Reasoning / told.Output : null;
        var total = priced.Count == 0 || priced.Exists(pair => pair.AiCredits is null) ? (KindCredits?)null
            : priced.Aggregate(default(KindCredits), (sum, pair) => sum + pair.AiCredits!.Value);
        if (total is null)
            return new RunCosts(null, null, null, null, CacheShareOf(tokens), share);
        return new RunCosts(
            total,
            PartOf(slice => slice.Phase == Phase.Detection),
            PartOf(slice => slice is { Phase: Phase.Agent, Purpose: Purpose.SubAgent }),
            share * priced.Where(pair => pair.Slice.Phase == Phase.Agent).Sum(pair => pair.AiCredits!.Value.Output),
            CacheShareOf(tokens),
            share);

        decimal PartOf(Predicate<UsageSlice> isPart) =>
            priced.Where(pair => isPart(pair.Slice)).Sum(pair => pair.AiCredits!.Value.Total);
    }

    private static TokenCounts Sum(IEnumerable<UsageSlice> slices) =>
        slices.Aggregate(default(TokenCounts), static (sum, slice) => sum + slice.Tokens);

    private static decimal? CacheShareOf(TokenCounts tokens) =>
        checked(tokens.CacheRead + tokens.Input) is > 0 and var all ? (decimal)tokens.CacheRead / all : null;
}
