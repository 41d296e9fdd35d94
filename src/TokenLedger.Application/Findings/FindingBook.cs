using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Findings;

/// <summary>Keeps the findings of days: what is new or changed is written, what is untrue by now is marked.</summary>
internal sealed class FindingBook(IRecords records, TimeProvider time)
{
    /// <summary>Stores all findings of a day; the same findings write nothing.</summary>
    /// <remarks>
    /// Each row is written by itself: after a kill the same findings end in the same rows, with their first times. Of
    /// two writers at once the later wins, and the next look mends what it took from the other.
    /// </remarks>
    public async Task StoreAsync(DateOnly day, IReadOnlyList<Finding> findings, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var known = new Dictionary<string, RecordRow>(StringComparer.Ordinal);
        var partition = FindingTables.PartitionOf(day);
        await foreach (var stored in records.ReadPartitionAsync(FindingTables.Findings, partition, cancellation))
            known.Add(stored.Row.RowKey, stored.Row);
        var changed = new List<RecordRow>();
        foreach (var finding in findings)
        {
            var row = FindingRow.Of(finding, now, now, null);
            if (!known.Remove(row.RowKey, out var before))
                changed.Add(row);
            else if (before.Time("goneat") is not null || !FindingRow.IsSame(row, before))
                changed.Add(row.Set("firstfoundat", before.Time("firstfoundat")));
        }

        changed.AddRange(known.Values
            .Where(row => row.Time("goneat") is null)
            .Select(row => FindingRow.Read(row, null))
            .Select(gone => FindingRow.Of(gone.Finding, gone.FirstFoundAt, gone.LastSeenAt, now)));
        if (changed.Count > 0)
            await records.PutAsync(changed, cancellation);
    }
}
