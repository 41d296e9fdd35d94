using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>Findings as they are kept, with what was decided about them.</summary>
public sealed class ReadFindings(IRecords records)
{
    /// <summary>The findings of a period, by day, code and id.</summary>
    /// <param name="from">The first UTC day, inclusive; null for no bound.</param>
    /// <param name="to">The last UTC day, exclusive; null for no bound.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public async IAsyncEnumerable<StoredFinding> ExecuteAsync(
        DateOnly? from, DateOnly? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (KeyOf(from), KeyOf(to));
        // Both tables have the same keys in the same order: they are read side by side.
        await using var decisions = records.ReadAsync(FindingTables.Decisions, first, last, cancellation)
            .GetAsyncEnumerator(cancellation);
        var hasDecision = await decisions.MoveNextAsync();
        await foreach (var stored in records.ReadAsync(FindingTables.Findings, first, last, cancellation))
        {
            var key = (stored.Row.PartitionKey, stored.Row.RowKey);
            while (hasDecision && Compare(KeyOf(decisions.Current), key) < 0)
                hasDecision = await decisions.MoveNextAsync();
            yield return FindingRow.Read(
                stored.Row,
                hasDecision && Compare(KeyOf(decisions.Current), key) == 0
                    ? FindingRow.ReadDecision(decisions.Current.Row) : null);
        }
    }

    /// <summary>The findings that the beginning of an id names; two at most, and two are no knowledge.</summary>
    /// <param name="id">The beginning.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public Task<List<StoredFinding>> FindAsync(string id, CancellationToken cancellation) =>
        ExecuteAsync(null, null, cancellation)
            .Where(finding => FindingId.Names(id, finding.Id))
            .Take(2)
            .ToListAsync(cancellation)
            .AsTask();

    private static string? KeyOf(DateOnly? day) => day is { } known ? FindingTables.PartitionOf(known) : null;

    private static (string, string) KeyOf(Records.StoredRecord record) => (record.Row.PartitionKey, record.Row.RowKey);

    private static int Compare((string Partition, string Row) left, (string Partition, string Row) right)
    {
        var byPartition = string.CompareOrdinal(left.Partition, right.Partition);
        return byPartition != 0 ? byPartition : string.CompareOrdinal(left.Row, right.Row);
    }
}
