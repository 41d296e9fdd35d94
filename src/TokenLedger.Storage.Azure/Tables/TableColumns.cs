using System.Collections;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>The columns that a reader knows and their kinds. Others are not read.</summary>
/// <remarks>Kinds are never guessed: without metadata a 64-bit integer looks like text.</remarks>
public sealed class TableColumns : IEnumerable<KeyValuePair<string, TableColumnKind>>
{
    private readonly Dictionary<string, TableColumnKind> kinds = new(StringComparer.Ordinal);

    public int Count => kinds.Count;

    /// <exception cref="ArgumentException">The name is not legal, or was added before.</exception>
    public void Add(string column, TableColumnKind kind)
    {
        TableLimits.CheckColumn(column);
        kinds.Add(column, kind);
    }

    public bool Contains(string column) => kinds.ContainsKey(column);

    public IEnumerator<KeyValuePair<string, TableColumnKind>> GetEnumerator() => kinds.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
