using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Makes the row of a pull request or issue of everything that is archived of it.</summary>
/// <remarks>
/// The row is put in place of the version that was there before the archive was read: whoever comes later has seen at
/// least as much. 1. the index; 2. the row; a process killed in between leaves work that the next one does.
/// </remarks>
public sealed class StoreOutcome(IOutcomeArchive archive, IRecords records)
{
    // Every turn that is lost means that another process has stored it.
    private const int TurnsMax = 10;

    /// <summary>Stores the outcome.</summary>
    /// <param name="place">A pull request or issue.</param>
    /// <param name="cancellation">Ends between two steps.</param>
    /// <returns>The outcome; null where no snapshot tells what it is.</returns>
    /// <exception cref="LedgerUnusableException">Others store it again and again.</exception>
    public async Task<Outcome?> ExecuteAsync(OutcomePlace place, CancellationToken cancellation)
    {
        if (place.Subject is not { } subject)
            throw new ArgumentException("A commit has no outcome of its own.", nameof(place));
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var partition = OutcomeKeys.IndexPartition(subject.Host, subject.Repository);
            var index = await records.FindAsync(
                OutcomeTables.Index, partition, OutcomeKeys.IndexRow(subject.Number), cancellation);
            if (await FoldAsync(place, subject, cancellation) is not { } outcome)
                return null;
            var noted = new RecordRow(OutcomeTables.Index, partition, OutcomeKeys.IndexRow(subject.Number))
                .Set("number", subject.Number)
                .Set("month", OutcomeKeys.MonthOf(outcome.CreatedAt))
                .Set("headbranch", outcome.HeadBranch)
                .Set("mergecommit", outcome.MergeCommit);
            var isNoted = index is not null && OutcomeRows.AreSame(index.Row, noted);
            if (!isNoted && await records.ReplaceAsync(noted, index?.Version, cancellation) is null)
                continue;
            if (await TryStoreAsync(place, subject, OutcomeRows.Of(outcome), cancellation) is not { } stored)
                continue;
            await RemoveElsewhereAsync(index?.Row.Text("month"), OutcomeRows.Of(stored), cancellation);
            return stored;
        }

        throw new LedgerUnusableException(
            $"The outcome of {subject} was stored by other processes {TurnsMax} times in a row: try again later.");
    }

    // Null when another process was quicker.
    private async Task<Outcome?> TryStoreAsync(
        OutcomePlace place, WorkSubject subject, RecordRow row, CancellationToken cancellation)
    {
        var there = await records.FindAsync(row.Table, row.PartitionKey, row.RowKey, cancellation);
        // Again, now that the version is known: what was archived before it was written is in it.
        if (await FoldAsync(place, subject, cancellation) is not { } outcome)
            return null;
        var now = OutcomeRows.Of(outcome);
        if (!string.Equals(now.PartitionKey, row.PartitionKey, StringComparison.Ordinal))
            return null;
        if (there is not null && OutcomeRows.AreSame(there.Row, now))
            return outcome;
        return await records.ReplaceAsync(now, there?.Version, cancellation) is null ? null : outcome;
    }

    private async Task<Outcome?> FoldAsync(
        OutcomePlace place, WorkSubject subject, CancellationToken cancellation)
    {
        var facts = await archive.ReadAsync(place, cancellation);
        var outcome = OutcomeFold.Of(subject, facts);
        if (outcome?.MergeCommit is not { } commit
            || OutcomePlace.OfCommit(subject.Host, subject.Repository, commit) is not { } reverted)
            return outcome;
        return OutcomeFold.Of(subject, facts.Concat(await archive.ReadAsync(reverted, cancellation)));
    }

    // When it was opened became known later than that it is.
    private async Task RemoveElsewhereAsync(string? month, RecordRow row, CancellationToken cancellation)
    {
        if (month is null)
            return;
        var partition = OutcomeKeys.OutcomePartition(month, row.Text("repository")!);
        if (!string.Equals(partition, row.PartitionKey, StringComparison.Ordinal)
            && await records.FindAsync(row.Table, partition, row.RowKey, cancellation) is { } old)
            await records.RemoveAsync(row.Table, partition, row.RowKey, old.Version, cancellation);
    }
}
