using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Testing.InMemory;

/// <summary>Runs and looks in memory, by the rules of the port. Input problems are kept by nobody.</summary>
public sealed class InMemoryLedgerStore : ILedgerStore
{
    private readonly SortedDictionary<(string Host, long RunId), (FoldedRun Run, StoredRun Stored)> runs =
        new(Comparer<(string Host, long RunId)>.Create((left, right) =>
            string.CompareOrdinal(left.Host, right.Host) is not 0 and var byHost
                ? byHost : left.RunId.CompareTo(right.RunId)));

    // By account and day. Comparing accounts themselves makes texts of them each time.
    private readonly SortedDictionary<DateOnly, SortedDictionary<string, List<Observation>>> looks = [];

    /// <inheritdoc/>
    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
        Task.FromResult(runs.TryGetValue((host, runId), out var known) ? known.Stored : null);

    /// <inheritdoc/>
    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation)
    {
        var known = runs.TryGetValue((run.Host, run.RunId), out var found) ? found.Stored : null;
        var before = known is null ? [] : found.Run.Attempts;
        foreach (var facts in run.Attempts.Select(attempt => attempt.Facts))
        {
            if (known?.Admits(facts.Repository, facts.RepositoryId) == false)
                throw known.Conflict(run.Host, run.RunId, facts.Repository);
        }

        if (string.Equals(known?.InputHash, run.InputHash, StringComparison.Ordinal)
            || !run.IsBasedOn(known?.Revision ?? 0))
            return Task.FromResult<StoredRun?>(null);

        var last = run.Attempts.MaxBy(attempt => attempt.Facts.Key.Attempt)?.Facts;
        var stored = new StoredRun(
            last?.Repository ?? known?.Repository ?? "", last is null ? known?.RepositoryId : last.RepositoryId,
            run.InputHash, (known?.Revision ?? 0) + 1)
        {
            ChangedDays = [.. (known?.ChangedDays ?? [])
                .Concat(before.Concat(run.Attempts).SelectMany(DaysOf)).Distinct().Order()],
        };
        runs[(run.Host, run.RunId)] = (run, stored);
        return Task.FromResult<StoredRun?>(stored);
    }

    /// <inheritdoc/>
    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation)
    {
        if (runs.TryGetValue((host, runId), out var known) && known.Stored.Revision <= revision)
            runs[(host, runId)] = (known.Run, known.Stored with { ChangedDays = [] });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        Task.FromResult(runs.TryGetValue((host, runId), out var known) ? known.Run.Attempts : []);

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        runs.Values
            .SelectMany(known => known.Run.Attempts)
            .Where(run => run.IsIn(from, to)
                || (!run.HasTelemetry && from is not null && UnseenUsage.NextDayAtMostOf(run.Facts) == from))
            .ToList()
            .ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        AsyncEnumerable.Empty<InputProblem>();

    /// <inheritdoc/>
    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation)
    {
        if (!looks.TryGetValue(observation.Day, out var accounts))
            looks.Add(observation.Day, accounts = new(StringComparer.Ordinal));
        if (!accounts.TryGetValue(observation.Account.Key, out var day))
            accounts.Add(observation.Account.Key, day = []);
        var alike = day.FindAll(look => Compare(look, observation) == 0
            && string.Equals(look.ContentHash, observation.ContentHash, StringComparison.Ordinal));
        var newest = alike.Count == 0 ? null : alike.OrderBy(look => look.ObservedAt).Last();
        if (alike.Exists(look => look.ObservedAt == observation.ObservedAt)
            || string.Equals(newest?.RawFile, observation.RawFile, StringComparison.Ordinal))
            return Task.FromResult(false);

        // Of two looks at one time the later stored one comes later.
        var at = day.FindLastIndex(look => Compare(look, observation) is < 0
            || (Compare(look, observation) == 0 && look.ObservedAt <= observation.ObservedAt));
        day.Insert(at + 1, observation);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation)
    {
        var key = account?.Key;
        return looks
            .Where(pair => (from is null || pair.Key >= from) && (to is null || pair.Key < to))
            .SelectMany(pair => key is null
                ? pair.Value.Values.SelectMany(own => own)
                : pair.Value.GetValueOrDefault(key) ?? [])
            .ToList()
            .ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<DateOnly> DaysOf(LedgerRun run)
    {
        foreach (var slice in run.Slices)
            yield return slice.Day;
        if (UnseenUsage.StartDayOf(run.Facts) is { } started)
            yield return started;
        if (!run.HasTelemetry && UnseenUsage.NextDayAtMostOf(run.Facts) is { } next)
            yield return next;
    }

    private static int Compare(Observation left, Observation right) => left.View != right.View
        ? left.View.CompareTo(right.View)
        : string.CompareOrdinal(left.Filter, right.Filter);
}
