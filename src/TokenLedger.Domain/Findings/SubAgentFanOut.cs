namespace TokenLedger.Domain.Findings;

/// <summary>A run whose sub-agents spend most of it.</summary>
internal static class SubAgentFanOut
{
    private const decimal ShareMin = 0.6m;

    private const long RequestsMin = 30;

    private const long AtStakeMinCredits = 20;

    private const string Control =
        "Limit how many sub-agents the prompt allows, give them a cheaper model, and set max-ai-credits.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    SubAgentShare: >= ShareMin and var share, SubAgentRequests: >= RequestsMin and var requests,
                    SubAgentNanoCredits: { } spent, EstimatedNanoCredits: { } total,
                })
                continue;
            // What they spent above everything else of the run: as much again is what they may be worth.
            var stake = checked(spent - (total - spent));
            if (stake < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.SubAgentFanOut, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} spent {FindingFigures.Percent(share)} of its credits in {requests:N0} ")
                + $"requests of sub-agents: {FindingFigures.Say(spent)} of {FindingFigures.Say(total)}.",
                Control, stake,
                FindingFigures.Count("subAgentRequests", requests), FindingFigures.Ratio("subAgentShare", share),
                FindingFigures.Credits("subAgentCredits", spent), FindingFigures.Credits("runCredits", total));
        }
    }
}
