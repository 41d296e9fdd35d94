using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>SHA-256 over fields in which no two sequences of fields are the same bytes.</summary>
internal sealed class CanonicalHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a text with its length before it; null is different from empty.</summary>
    public CanonicalHash Add(string? text)
    {
        if (text is null)
        {
            hash.AppendData("-"u8);
            return this;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        hash.AppendData(Encoding.UTF8.GetBytes(length.ToString(CultureInfo.InvariantCulture) + ":"));
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        hash.AppendData(bytes, 0, Encoding.UTF8.GetBytes(text, bytes));
        ArrayPool<byte>.Shared.Return(bytes);
        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public CanonicalHash Add(long? value) => Add(value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a decimal without its trailing zeros: 1.50 and 1.5 are the same figure.</summary>
    public CanonicalHash Add(decimal? value) => Add(value?.ToString("G29", CultureInfo.InvariantCulture));

    /// <summary>The hash in lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
