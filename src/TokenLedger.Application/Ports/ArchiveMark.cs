using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Application.Ports;

/// <summary>Which files an archive held of a run, each in which version: an item for each, in ordinal order.</summary>
public static class ArchiveMark
{
    // A run has a dozen of files; a mark of more would outgrow a row, and such a run is read again instead.
    private const int ItemsMax = 1_000;

    // 96 bits: two versions never look alike by chance.
    private const int ItemBytes = 12;

    private const char Separator = ',';

    /// <summary>The item of a file.</summary>
    /// <param name="path">Its path in the archive.</param>
    /// <param name="version">What changes whenever its bytes do, such as an ETag, with quotes or without.</param>
    public static string ItemOf(string path, string version) => Base64Url.EncodeToString(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\0{version.Trim('"')}")).AsSpan(0, ItemBytes));

    /// <summary>The mark of these items; null when they are too many to be noted.</summary>
    public static string? Of(IReadOnlyCollection<string> items) => items.Count <= ItemsMax
        ? string.Join(Separator, items.Order(StringComparer.Ordinal))
        : null;

    /// <summary>Whether a mark holds an item.</summary>
    public static bool Holds(string mark, string item) => mark.Split(Separator).Contains(item, StringComparer.Ordinal);
}
