using System.Runtime.CompilerServices;
using Azure;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Checkpoints;

/// <summary>Marks as rows of <c>checkpoints</c>, all in one partition: they are few and are read by prefix.</summary>
public sealed class AzureCheckpoints : ICheckpoints
{
    private const string Partition = "checkpoint";

    // A longer name's key keeps at least so much of its beginning.
    private const int PrefixCharactersMax = 100;

    private static readonly TableColumns Columns = new()
    {
        { "name", TableColumnKind.Text }, { "setat", TableColumnKind.Text }, { "value", TableColumnKind.Text },
    };

    private readonly TableClient table;

    internal AzureCheckpoints(TableClient table) => this.table = table;

    /// <inheritdoc/>
    public async Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation)
    {
        var row = await table.GetAsync(Partition, TableKey.Encode(name), Columns, cancellation);
        return row.IsDone ? FromRow(row.Value) : null;
    }

    /// <inheritdoc/>
    public async Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        var row = new LedgerRow(Partition, TableKey.Encode(checkpoint.Name))
            .Add("name", checkpoint.Name)
            .Add("setat", checkpoint.At)
            .Add("value", checkpoint.Value)
            .ToEntity();
        new RowBatches(table).Demand((await table.UpsertReplaceAsync(row, cancellation)).Outcome);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellation) =>
        table.DeleteAsync(Partition, TableKey.Encode(name), ETag.All, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Checkpoint> ReadAsync(
        string namePrefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableFilter.Partition(Partition);
        if (KeyPrefix(namePrefix) is { Length: > 0 } prefix)
            filter = filter.And(TableFilter.Prefix("RowKey", prefix));
        // Keys are encoded and may be shortened; the names decide and are in ordinal order.
        var marks = await table.QueryAsync(new TableQuery { Filter = filter }, Columns, cancellation)
            .Select(FromRow)
            .Where(mark => mark.Name.StartsWith(namePrefix, StringComparison.Ordinal))
            .ToListAsync(cancellation);
        foreach (var mark in marks.OrderBy(mark => mark.Name, StringComparer.Ordinal))
            yield return mark;
    }

    // Cut where the encoding of every longer name begins alike: before a character beyond the basic plane.
    private static string KeyPrefix(string namePrefix)
    {
        var plain = namePrefix[..Math.Min(namePrefix.Length, PrefixCharactersMax)];
        var end = plain.AsSpan().IndexOfAnyInRange('\uD7FF', '\uFFFF');
        var key = TableKey.Encode(end < 0 ? plain : plain[..end]);
        return key[..Math.Min(key.Length, PrefixCharactersMax)];
    }

    private static Checkpoint FromRow(TableEntity row) =>
        new(row.KnownText("name"), row.KnownTime("setat"), row.KnownText("value"));
}
