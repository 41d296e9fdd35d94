using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>Any text → a legal key. Different texts give different keys.</summary>
/// <remarks>
/// What keys forbid, and <c>%</c> and <c>|</c>, are percent-encoded as UTF-8. A result of more than 200 characters
/// keeps its beginning, so that ranges by month still find it, and ends in <c>%~</c> and the SHA-256 of the whole.
/// <c>%~</c> cannot come out of the encoding, so a shortened key is never equal to one that was not.
/// </remarks>
public static class TableKey
{
    public const int CharactersMax = 200;

    private const string HashMark = "%~";
    private const int HashCharacters = 64;
    private const int KeptCharacters = CharactersMax - HashCharacters - 2;

    public static string Encode(string text) => Join(text);

    /// <summary>Each part encoded, then joined by <c>|</c>, which no encoded part contains.</summary>
    public static string Join(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        for (var at = 0; at < parts.Length; at++)
        {
            if (at > 0)
                key.Append('|');
            Append(key, parts[at]);
        }

        return Shorten(key.ToString());
    }

    private static void Append(StringBuilder key, string part)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < part.Length; at++)
        {
            if (Rune.TryGetRuneAt(part, at, out var rune))
            {
                at += rune.Utf16SequenceLength - 1;
                if (!MustEncode(rune))
                    key.Append(rune);
                else
                    AppendBytes(key, bytes[..rune.EncodeToUtf8(bytes)]);
            }
            else
            {
                // Half a surrogate pair has no UTF-8. "%u" stands apart because u is no hexadecimal digit.
                key.Append("%u").Append(((int)part[at]).ToString("X4", CultureInfo.InvariantCulture));
            }
        }
    }

    private static bool MustEncode(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is '/' or '\\' or '#' or '?' or '%' or '|' or 0xFFFE or 0xFFFF;

    private static void AppendBytes(StringBuilder key, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            key.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
    }

    private static string Shorten(string key)
    {
        if (key.Length <= CharactersMax)
            return key;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var kept = char.IsHighSurrogate(key[KeptCharacters - 1]) ? KeptCharacters - 1 : KeptCharacters;
        return key[..kept] + HashMark + hash;
    }
}
