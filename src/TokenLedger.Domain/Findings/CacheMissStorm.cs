namespace TokenLedger.Domain.Findings;

/// <summary>A run that writes its prompt to the cache again and again instead of reading it.</summary>
internal static class CacheMissStorm
{
    // The first request of a session writes, and so does one after a pause over the cache's five minutes.
    private const long StreakMin = 6;

    private const long AtStakeMinCredits = 10;

    private const string Control =
        "Keep what comes first in the prompt the same (no times, ids or shuffled tools), keep pauses under the cache's"
        + " five minutes, and set max-cache-misses.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var run in day.Runs)
        {
            if (run.Features is not
                {
                    LongestCacheMissStreak: >= StreakMin and var streak, CacheMissNanoCredits: { } stake,
                } features || stake < FindingFigures.Credits(AtStakeMinCredits))
                continue;
            yield return RunFindings.OfRun(
                FindingCodes.CacheMissStorm, day, run,
                FormattableString.Invariant(
                    $"{RunFindings.Name(run)} wrote more to the cache than it read in {streak:N0} requests in a row: ")
                + $"{FindingFigures.Say(stake)} above what reading would have cost.",
                Control, stake,
                [
                    FindingFigures.Count("requestsInARow", streak),
                    .. features.CacheReadShare is { } share
                        ? [FindingFigures.Ratio("cacheReadShare", share)] : Array.Empty<(string, string)>(),
                    FindingFigures.Credits("creditsAboveReading", stake),
                ]);
        }
    }
}
