namespace TokenLedger.Domain.Findings;

/// <summary>A run that asks the same again and again.</summary>
internal static class RetryLoop
{
    // Harnesses retry two or three times; more of the same has no hope.
    private const long StreakMin = 5;

    private const long AtStakeMinCredits = 1;

    private const string Control =
        "Limit the harness's retries, fail the step on a tool that keeps failing, and set max-turns and"
        + " timeout-minutes.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    LongestRetryStreak: >= StreakMin and var streak, Repeats: { } repeats, RepeatNanoCredits: { } stake,
                } || stake < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.RetryLoop, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} sent the same request again {repeats:N0} times, {streak:N0} of them in ")
                + $"a row: {FindingFigures.Say(stake)}.",
                Control, stake,
                FindingFigures.Count("repeats", repeats), FindingFigures.Count("repeatsInARow", streak),
                FindingFigures.Credits("creditsOfRepeats", stake));
        }
    }
}
