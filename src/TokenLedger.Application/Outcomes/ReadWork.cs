using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Outcomes;

/// <summary>
/// Reads what runs created or worked on and what has become of it; links runs that are not linked yet.
/// </summary>
public sealed class ReadWork(ILedgerStore store, ILogArchive archive, IRecords records)
{
    private readonly OutcomeIndex index = new(records);
    private readonly LinkRun link = new(store, archive, records);

    /// <summary>The work and outcomes of run attempts.</summary>
    /// <param name="runs">The run attempts.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<PeriodWork> ExecuteAsync(IReadOnlyCollection<RunFacts> runs, CancellationToken cancellation)
    {
        foreach (var run in runs.DistinctBy(run => (run.Key.Host, run.Key.RunId)))
        {
            if (RunIdentity.Of(run.Key.Host, run.Repository, run.Key.RunId, run.Key.Attempt) is { } identity)
                await link.ExecuteAsync(identity, cancellation);
        }

        var wanted = runs.Select(run => run.Key).ToHashSet();
        var work = await ReadAsync(wanted, cancellation);
        var indexes = await ReadIndexesAsync(work, cancellation);
        var branches = indexes.Values
            .Where(entry => entry.HeadBranch is not null)
            .ToLookup(entry => (entry.Subject.Host, entry.Subject.Repository, entry.HeadBranch!));
        var joined = work.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Work.HeadBranch is { } branch
                ? pair.Value.Work.WithBranch(
                    [
                        .. branches[(pair.Key.Host, pair.Value.Repository.ToLowerInvariant(), branch)]
                            .Select(entry => entry.Subject.Number),
                    ],
                    pair.Value.Repository)
                : pair.Value.Work);
        return Typed(joined, await ReadOutcomesAsync(joined, indexes, cancellation));
    }

    // A comment's address may not tell pull requests from issues; what has become of it does.
    private static PeriodWork Typed(Dictionary<RunKey, RunWork> work, Dictionary<WorkSubject, Outcome> outcomes) =>
        new(
            work.ToDictionary(pair => pair.Key, pair => pair.Value with
            {
                Links =
                [
                    .. pair.Value.Links.Select(link => link with
                    {
                        Kind = outcomes.GetValueOrDefault(link.Subject)?.Kind ?? link.Kind,
                    }),
                ],
            }),
            outcomes);

    private async Task<Dictionary<RunKey, (string Repository, RunWork Work)>> ReadAsync(
        HashSet<RunKey> wanted, CancellationToken cancellation)
    {
        var work = new Dictionary<RunKey, (string, RunWork)>();
        if (wanted.Count == 0)
            return work;
        // Run ids count up with time, so a period's are close together.
        var (from, to) = (wanted.Min(key => key.RunId), wanted.Max(key => key.RunId));
        await foreach (var row in records.ReadAsync(
            OutcomeTables.RunWork, OutcomeKeys.RunBound(from),
            OutcomeKeys.RunBound(to == long.MaxValue ? to : to + 1), cancellation))
        {
            foreach (var (repository, attempt) in RunWorkRows.Read(row.Row))
            {
                if (wanted.Contains(attempt.Run))
                    work[attempt.Run] = (repository, attempt);
            }
        }

        return work;
    }

    private async Task<Dictionary<WorkSubject, (WorkSubject Subject, string? Month, string? HeadBranch)>>
        ReadIndexesAsync(
            Dictionary<RunKey, (string Repository, RunWork Work)> work, CancellationToken cancellation)
    {
        var entries = new Dictionary<WorkSubject, (WorkSubject, string?, string?)>();
        var repositories = work
            .SelectMany(pair => pair.Value.Work.Links
                .Select(link => (link.Subject.Host, link.Subject.Repository))
                .Append((pair.Key.Host, pair.Value.Repository.ToLowerInvariant())))
            .Distinct();
        foreach (var (host, repository) in repositories)
        {
            foreach (var entry in await index.ReadAsync(host, repository, cancellation))
                entries[entry.Subject] = entry;
        }

        return entries;
    }

    private async Task<Dictionary<WorkSubject, Outcome>> ReadOutcomesAsync(
        Dictionary<RunKey, RunWork> work,
        Dictionary<WorkSubject, (WorkSubject Subject, string? Month, string? HeadBranch)> indexes,
        CancellationToken cancellation)
    {
        var outcomes = new Dictionary<WorkSubject, Outcome>();
        foreach (var subject in work.Values
            .SelectMany(run => run.Links).Select(link => link.Subject).Distinct().Order())
        {
            if (indexes.GetValueOrDefault(subject).Month is { } month
                && await records.FindAsync(
                    OutcomeTables.Outcomes, OutcomeKeys.OutcomePartition(month, subject.Repository),
                    OutcomeKeys.OutcomeRow(subject), cancellation) is { } row)
                outcomes.Add(subject, OutcomeRows.Read(row.Row));
        }

        return outcomes;
    }
}
