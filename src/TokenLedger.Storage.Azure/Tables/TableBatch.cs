using Azure;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>Changes of one partition that happen all or not at all.</summary>
/// <remarks>
/// At most 100, each row once, one partition: more is refused here, because the emulator lets some of it pass.
/// </remarks>
public sealed class TableBatch(string partitionKey)
{
    private readonly List<TableChange> changes = [];
    private readonly HashSet<string> rowKeys = new(StringComparer.Ordinal);

    public string PartitionKey { get; } = partitionKey;

    public int Count => changes.Count;

    internal IReadOnlyList<TableChange> Changes => changes;

    /// <exception cref="ArgumentException">Another partition, a row twice, too many. So for every method.</exception>
    public void Insert(TableEntity entity) => Add(TableOperation.Insert, entity, null);

    /// <summary>Inserts, or merges into what is there.</summary>
    public void UpsertMerge(TableEntity entity) => Add(TableOperation.Merge, entity, null);

    /// <summary>Inserts, or replaces what is there.</summary>
    public void UpsertReplace(TableEntity entity) => Add(TableOperation.Replace, entity, null);

    /// <summary>Merges if the row is there and, unless the tag is <c>ETag.All</c>, has not changed.</summary>
    public void Merge(TableEntity entity, ETag condition) => Add(TableOperation.Merge, entity, condition);

    /// <summary>Replaces if the row is there and, unless the tag is <c>ETag.All</c>, has not changed.</summary>
    public void Replace(TableEntity entity, ETag condition) => Add(TableOperation.Replace, entity, condition);

    /// <summary>Deletes if the row is there and, unless the tag is <c>ETag.All</c>, has not changed.</summary>
    public void Delete(string rowKey, ETag condition) =>
        Add(TableOperation.Delete, new(PartitionKey, rowKey), condition);

    private void Add(TableOperation operation, TableEntity entity, ETag? condition)
    {
        TableLimits.CheckEntity(entity);
        if (!string.Equals(entity.PartitionKey, PartitionKey, StringComparison.Ordinal))
            throw new ArgumentException("A batch has rows of one partition.", nameof(entity));
        if (changes.Count == TableLimits.BatchOperationsMax)
            throw new ArgumentException(
                $"A batch has at most {TableLimits.BatchOperationsMax} operations.", nameof(entity));
        if (!rowKeys.Add(entity.RowKey))
            throw new ArgumentException("A batch has each row once.", nameof(entity));
        changes.Add(new(operation, entity, condition));
    }
}
