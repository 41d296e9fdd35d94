using System.Text.RegularExpressions;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>What the service refuses or would change silently, checked before anything is sent.</summary>
public static partial class BlobLimits
{
    public const int NameCharactersMax = 1_024;
    public const int NameSegmentsMax = 254;

    /// <summary>All names and values of one blob together.</summary>
    public const int MetadataBytesMax = 8_192;

    /// <summary>Bytes held in memory by an upload, and the most that is sent in one request.</summary>
    public const int BlockBytes = 4 * 1_048_576;

    /// <summary>Blocks of one blob: with our blocks, 195 GiB.</summary>
    public const int BlocksMax = 50_000;

    public static readonly TimeSpan LeaseMin = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan LeaseMax = TimeSpan.FromSeconds(60);

    /// <exception cref="ArgumentException">The service would refuse the name or read it as another.</exception>
    public static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > NameCharactersMax)
            throw new ArgumentException($"A blob's name has 1 to {NameCharactersMax} characters.", nameof(name));
        if (name.Any(char.IsControl) || name.Contains('\\', StringComparison.Ordinal))
            throw new ArgumentException("A blob's name has no control character and no backslash.", nameof(name));
        var segments = name.Split('/');
        if (segments.Length > NameSegmentsMax)
            throw new ArgumentException($"A blob's name has at most {NameSegmentsMax} segments.", nameof(name));
        // Addresses lose "." and ".."; the service drops dots and slashes at the end.
        if (segments.Any(segment => segment.Length == 0 || segment.EndsWith('.')))
            throw new ArgumentException(
                "No segment of a blob's name is empty or ends with a dot.", nameof(name));
    }

    /// <exception cref="ArgumentException">A name or value that no header can carry, or too much of them.</exception>
    public static void CheckMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Keys.FirstOrDefault(name => !MetadataName().IsMatch(name)) is not null)
            throw new ArgumentException(
                "A metadata name is a lower-case letter or _ and lower-case letters, digits or _.", nameof(metadata));
        if (metadata.Values.Any(value => value.Any(character => character is < ' ' or > '~') || HasOuterSpaces(value)))
            throw new ArgumentException("A metadata value is printable ASCII without outer spaces.", nameof(metadata));
        if (metadata.Values.Any(value => value.Length == 0))
            throw new ArgumentException("A metadata value is not empty.", nameof(metadata));
        if (metadata.Sum(pair => pair.Key.Length + pair.Value.Length) > MetadataBytesMax)
            throw new ArgumentException($"Metadata has at most {MetadataBytesMax} bytes (8 KiB).", nameof(metadata));
    }

    private static bool HasOuterSpaces(string value) => value.StartsWith(' ') || value.EndsWith(' ');

    [GeneratedRegex("^[a-z_][a-z0-9_]*\\z", RegexOptions.None, 1000)]
    private static partial Regex MetadataName();
}
