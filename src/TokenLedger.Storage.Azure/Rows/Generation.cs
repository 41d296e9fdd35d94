using System.Security.Cryptography;
using System.Text;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>
/// Which write a row belongs to: the revision it was meant for and a digest of everything that was written with it.
/// </summary>
/// <remarks>
/// Two writers that aim at one revision with other rows never share a key, so neither can leave rows among the other's;
/// the same rows written again, by whomever, are the same rows.
/// </remarks>
internal static class Generation
{
    // 128 bits: rows of other content never meet by chance.
    private const int DigestCharacters = 32;

    /// <summary>The generation of the rows that a function makes for a generation.</summary>
    public static string Of(long revision, string inputHash, Func<string, IEnumerable<TableEntity>> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(inputHash));
        foreach (var row in rows(""))
            hash.AppendData(TableEntityJson.Write(row).Span);
        return $"{RowText.Narrow(revision)}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestCharacters]}";
    }

    public static string Key(string generation, string rest) => $"{generation}|{rest}";

    /// <summary>The rows of one generation in a partition.</summary>
    public static TableFilter Rows(string partitionKey, string generation) =>
        TableFilter.Partition(partitionKey).And(TableFilter.Prefix("RowKey", generation + "|"));

    public static bool IsOf(TableEntity row, string generation) =>
        row.RowKey.StartsWith(generation + "|", StringComparison.Ordinal);

    /// <summary>The rows of a partition that belong to revisions up to one.</summary>
    /// <remarks>
    /// Later ones may be those of a writer that has not come to its head yet. Of a revision that has a head, every
    /// generation but the head's own is dead: its writer finds the head changed.
    /// </remarks>
    public static TableFilter UpTo(string partitionKey, long revision) =>
        TableFilter.Partition(partitionKey).And(TableFilter.Less("RowKey", RowText.Narrow(revision + 1)));
}
