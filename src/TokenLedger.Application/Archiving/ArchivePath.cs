using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Application.Archiving;

/// <summary>Names from outside as safe folder and file names. No name can leave its folder.</summary>
public static class ArchivePath
{
    // Common file systems allow 255 bytes a name; the rest is for a "~n" and for a temporary suffix.
    private const int SegmentCharactersMax = 200;
    private const int SegmentsMax = 32;

    /// <summary>
    /// A relative path, each segment percent-encoded; empty, <c>.</c> and <c>..</c> segments are no way out.
    /// </summary>
    public static string Encode(string path)
    {
        var segments = path.Split('/', '\\').Where(segment => segment.Length > 0).Select(EncodeSegment).ToList();
        // Depth only tells where a file lay; its name and its nearest folders are what recognises it.
        return string.Join('/', segments.Count > SegmentsMax ? segments[^SegmentsMax..] : segments);
    }

    /// <summary>One segment. A leading dot is encoded, so that the archive's own dot files cannot be forged.</summary>
    public static string EncodeSegment(string segment)
    {
        if (segment.Length == 0)
            return "%00";
        var encoded = Uri.EscapeDataString(ReplaceLoneSurrogates(segment));
        if (encoded[0] == '.')
            encoded = "%2E" + (string.Equals(encoded, "..", StringComparison.Ordinal) ? "%2E" : encoded[1..]);
        if (encoded.Length <= SegmentCharactersMax)
            return encoded;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(segment)));
        return string.Concat(encoded.AsSpan(0, 60).ToString().Replace('%', '_'), "~", hash);
    }

    /// <summary>The path that was encoded.</summary>
    public static string Decode(string path) => string.Join('/', path.Split('/').Select(Uri.UnescapeDataString));

    private static string ReplaceLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
