using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>SHA-256 over fields in which no two sequences of fields are the same bytes.</summary>
internal sealed class CanonicalHash : IDisposable
{
    // Fields are short and many; the hash is fed whole blocks of them.
    private const int BlockBytes = 16 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] block = new byte[BlockBytes];
    private int filled;

    /// <summary>Adds a text with its length before it; null is different from empty.</summary>
    public CanonicalHash Add(string? text)
    {
        const int LongestPrefix = 12;
        if (text is null)
        {
            Room(1)[0] = (byte)'-';
            filled++;
            return this;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        var room = Room(length + LongestPrefix);
        length.TryFormat(room, out var digits, provider: CultureInfo.InvariantCulture);
        room[digits] = (byte)':';
        filled += digits + 1 + Encoding.UTF8.GetBytes(text, room[(digits + 1)..]);
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public CanonicalHash Add(long? value) => Add(value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a decimal without its trailing zeros: 1.50 and 1.5 are the same figure.</summary>
    public CanonicalHash Add(decimal? value) => Add(value?.ToString("G29", CultureInfo.InvariantCulture));

    /// <summary>The hash in lower-case hexadecimal digits; the next field starts a new one.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    private Span<byte> Room(int length)
    {
        if (block.Length - filled < length)
            Flush();
        if (block.Length < length)
            block = new byte[length];
        return block.AsSpan(filled);
    }

    private void Flush()
    {
        hash.AppendData(block, 0, filled);
        filled = 0;
    }
}
