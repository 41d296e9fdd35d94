namespace TokenLedger.Domain.Findings;

/// <summary>A run whose prompts grow many times over: each request pays for all that came before it.</summary>
internal static class ContextGrowth
{
    // Ordinary runs double or triple their prompt; the medians of quarters forgive a long first file.
    private const decimal GrowthMin = 4m;

    private const long RequestsMin = 20;

    // Below that a prompt is mostly instructions and tools.
    private const long LargestMinTokens = 60_000;

    private const long AtStakeMinCredits = 20;

    private const string Control =
        "Have the agent start anew or compact its context, let tools answer in pages, and set max-turns.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    ContextGrowth: >= GrowthMin and var growth, Requests: >= RequestsMin and var requests,
                    LargestInputTokens: >= LargestMinTokens and var largest, GrowthNanoCredits: { } stake,
                } || stake < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.ContextGrowth, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} grew its prompt {growth:0.0} times over {requests:N0} requests, to ")
                + FormattableString.Invariant(
                    $"{largest:N0} tokens: {FindingFigures.Say(stake)} above what it started with."),
                Control, stake,
                FindingFigures.Count("requests", requests), FindingFigures.Ratio("growth", growth),
                FindingFigures.Count("largestInputTokens", largest),
                FindingFigures.Credits("creditsAboveStart", stake));
        }
    }
}
