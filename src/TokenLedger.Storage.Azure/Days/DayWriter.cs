using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Rows;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Stores a day under its next revision.</summary>
/// <remarks>
/// 1. read the head; 2. write shares and unallocated parts, which nobody sees yet, and keep the head that goes among
/// the revisions; 3. put the head in place, if it is still the one that was read; 4. replace the daily costs; 5. note
/// in the head that they are complete. Killed before 3, the old day counts; killed later, the same day stored again
/// does 4 and 5. Of several that do, the one that notes it has stored the day.
/// </remarks>
internal sealed class DayWriter(DayTables tables)
{
    // Every turn that is lost means that another writer of this day has stored it.
    private const int TurnsMax = 20;

    private readonly DayHeads heads = new(tables.Settlements);
    private readonly DayCosts costs = new(tables.DailyCosts);

    public async Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation)
    {
        var (account, date) = (day.Settlement.Account, day.Settlement.Day);
        var writer = Guid.NewGuid();
        // A remembered head is good enough to write after, not to refuse by or to leave it at that.
        if (tables.Remembered.Find(date) is { } read && read.TryTake(account, out var known)
            && IsOther(known, day) && day.IsBasedOn(known?.Head.Revision ?? 0)
            && await TryReplaceHeadAsync(day, known, writer, cancellation) is { } replaced)
            return await CompleteAsync(day, replaced, known, writer, cancellation);
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var head = await heads.FindAsync(account, date, cancellation);
            var before = head;
            var isOther = IsOther(head, day);
            if (isOther && !day.IsBasedOn(head?.Head.Revision ?? 0))
                return false;
            if (isOther)
                head = await TryReplaceHeadAsync(day, head, writer, cancellation);
            else if (head!.IsComplete)
                return head.Completer == writer;
            if (head is not null)
                return await CompleteAsync(day, head, isOther ? before : null, writer, cancellation);
        }

        throw new LedgerUnusableException(
            $"{account} on {RowText.Of(date)} was changed by other processes {TurnsMax} times in a row: "
            + "try again later.");
    }

    private static bool IsOther(StoredDay? head, ReconciledDay day) =>
        !string.Equals(head?.Head.InputHash, day.InputHash, StringComparison.Ordinal);

    private async Task<StoredDay?> TryReplaceHeadAsync(
        ReconciledDay day, StoredDay? before, Guid writer, CancellationToken cancellation)
    {
        var revision = (before?.Head.Revision ?? 0) + 1;
        var generation = Generation.Of(
            revision, day.InputHash,
            empty => ShareRows.ToRows(day, revision, empty).Concat(UnallocatedRows.ToRows(day, revision, empty)));
        await new RowBatches(tables.Shares).UpsertAsync(ShareRows.ToRows(day, revision, generation), cancellation);
        await new RowBatches(tables.Unallocated).UpsertAsync(
            UnallocatedRows.ToRows(day, revision, generation), cancellation);
        // Before a bill was seen there is nothing to tell again, and runs of the day come in crowds.
        if (before is { Head.Totals.BilledGrossNanoCredits: not null })
            await new RowBatches(tables.Revisions).UpsertAsync([HeadRows.ToRevisionRow(before)], cancellation);
        var next = new StoredDay(
            new DayHead(day.Settlement, revision, day.InputHash, day.ReconciledAt, day.Totals)
            {
                Change = day.Change,
            },
            generation,
            day.DailyCosts.Count, before?.CostsRevision ?? 0, writer, Guid.Empty, default)
        {
            HasOvertaken = before is { HasOvertaken: true } or { IsComplete: false },
        };
        return await heads.TryStoreAsync(next, before, cancellation);
    }

    private async Task<bool> CompleteAsync(
        ReconciledDay day, StoredDay head, StoredDay? before, Guid writer, CancellationToken cancellation)
    {
        await costs.ReplaceAsync(day, head.Head.Revision, before, cancellation);
        if (await heads.TryCompleteAsync(head, writer, cancellation))
            return true;
        var now = await heads.FindAsync(day.Settlement.Account, day.Settlement.Day, cancellation);
        if (now is null || now.Head.Revision == head.Head.Revision)
            return now?.Completer == writer;
        // A newer revision came meanwhile: its costs count, and ours must not lie beside them.
        await costs.DeleteAsync(day, head.Head.Revision, cancellation);
        return head.Writer == writer;
    }
}
