using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>A folded run as the rows of one revision, each under its own day.</summary>
/// <remarks>
/// Slices lie under their day; attempts under the day they started, else their first slice's, else the run's first, so
/// that a range of days finds whatever touches it, also over midnight and the end of a month.
/// </remarks>
internal sealed class RunLayout
{
    private readonly FoldedRun run;
    private readonly long revision;

    public RunLayout(FoldedRun run, long revision)
    {
        this.run = run;
        this.revision = revision;
        var days = run.Attempts.SelectMany(OwnDays).ToList();
        HomeDay = days.Count == 0 ? RowText.NoDay : days.Min();
        RunDays = [.. run.Attempts.Select(DayOf).Distinct().Order()];
        UsageDays =
            [.. run.Attempts.SelectMany(attempt => attempt.Slices).Select(slice => slice.Day).Distinct().Order()];
        UnseenDays =
        [
            .. run.Attempts.Where(attempt => !attempt.HasTelemetry)
                .Select(attempt => UnseenUsage.NextDayAtMostOf(attempt.Facts))
                .OfType<DateOnly>().Distinct().Order(),
        ];
        Generation = Rows.Generation.Of(
            revision, run.InputHash,
            generation => [.. Attempts(generation), .. Slices(generation), .. Problems(generation)]);
    }

    public string Generation { get; }

    public DateOnly HomeDay { get; }

    public IReadOnlyList<DateOnly> RunDays { get; }

    public IReadOnlyList<DateOnly> UsageDays { get; }

    public IReadOnlyList<DateOnly> UnseenDays { get; }

    public int SliceCount => run.Attempts.Sum(attempt => attempt.Slices.Count);

    public IEnumerable<TableEntity> AttemptRows => Attempts(Generation);

    public IEnumerable<TableEntity> SliceRows => Slices(Generation);

    public IEnumerable<TableEntity> ProblemRows => Problems(Generation);

    // By partition, because a batch has rows of one.
    private IEnumerable<TableEntity> Attempts(string generation) => run.Attempts
        .OrderBy(DayOf)
        .Select(attempt => RunRows.ToRow(attempt, DayOf(attempt), revision, generation, run.InputHash));

    private IEnumerable<TableEntity> Slices(string generation) => run.Attempts
        .SelectMany(attempt => attempt.Slices.Select((slice, number) => (slice, number)))
        .OrderBy(item => item.slice.Day)
        .Select(item => Runs.SliceRows.ToRow(item.slice, item.number, revision, generation));

    private IEnumerable<TableEntity> Problems(string generation) => run.Problems.Select((problem, number) =>
        Runs.ProblemRows.OfRun(problem, number, HomeDay, run.Host, run.RunId, revision, generation));

    private DateOnly DayOf(LedgerRun attempt)
    {
        var own = OwnDays(attempt).ToList();
        return own.Count == 0 ? HomeDay : own[0];
    }

    // The day it started, where known; then those of its slices.
    private static IEnumerable<DateOnly> OwnDays(LedgerRun attempt)
    {
        var slices = attempt.Slices.Select(slice => slice.Day).Order();
        return UnseenUsage.StartDayOf(attempt.Facts) is { } started ? slices.Prepend(started) : slices;
    }
}
