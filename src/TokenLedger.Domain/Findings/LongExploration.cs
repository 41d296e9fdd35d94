namespace TokenLedger.Domain.Findings;

/// <summary>A run that reads and asks for most of its length before it edits anything.</summary>
internal static class LongExploration
{
    // Agents read before they write; four fifths of the requests is more than any plan needs.
    private const decimal ShareMin = 0.8m;

    // A short run's first edit may well be its last request.
    private const long RequestsMin = 20;

    // Below 20 US cents nobody acts on one run.
    private const long AtStakeMinCredits = 20;

    private const string Control =
        "Tell the agent in the workflow's prompt where to look and what to skip, or gather the context in a step before"
        + " it; set max-turns.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    ExplorationShare: >= ShareMin and var share, Requests: >= RequestsMin and var asked,
                    ExplorationNanoCredits: { } before, WorkNanoCredits: { } after,
                })
                continue;
            // A run that explores for as much as it works for has nothing at stake.
            var stake = checked(before - after);
            if (stake < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.LongExploration, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} sent {FindingFigures.Percent(share)} of its agent's requests before its ")
                + $"first edit or output: {FindingFigures.Say(before)} before, {FindingFigures.Say(after)} after.",
                Control, stake,
                FindingFigures.Count("requests", asked), FindingFigures.Ratio("explorationShare", share),
                FindingFigures.Credits("creditsBefore", before), FindingFigures.Credits("creditsAfter", after));
        }
    }
}
