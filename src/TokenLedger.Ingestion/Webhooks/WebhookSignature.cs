using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>Checks <c>X-Hub-Signature-256</c>: HMAC-SHA256 over the raw bytes of the body.</summary>
public sealed class WebhookSignature
{
    /// <summary>Every secret costs one pass over the body; a rotation needs two.</summary>
    public const int SecretsMax = 8;

    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    private readonly byte[][] keys;

    /// <summary>A check that takes what any of the secrets signed.</summary>
    /// <param name="secrets">From 1 to <see cref="SecretsMax"/>; two during a rotation.</param>
    /// <exception cref="ArgumentException">There is no secret, one is blank, or there are too many.</exception>
    public WebhookSignature(IReadOnlyList<string> secrets)
    {
        if (secrets.Count == 0)
            throw new ArgumentException("No webhook secret is configured.", nameof(secrets));
        if (secrets.Count > SecretsMax)
            throw new ArgumentException($"More than {SecretsMax} webhook secrets are configured.", nameof(secrets));
        if (secrets.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A webhook secret is blank.", nameof(secrets));
        keys = [.. secrets.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Why a header can prove nothing of any body; null when it can.</summary>
    /// <param name="header">The header's value; null or empty when there is none.</param>
    public static SignatureVerdict? FaultOf(string? header)
    {
        Span<byte> signed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Read(header, signed);
    }

    /// <summary>What the header proves of the body.</summary>
    /// <param name="header">The header's value; null or empty when there is none.</param>
    /// <param name="body">The bytes as they came, before anything reads them.</param>
    public SignatureVerdict Check(string? header, ReadOnlySpan<byte> body)
    {
        Span<byte> signed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (Read(header, signed) is { } fault)
            return fault;
        var isMatch = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        // Every secret is tried, so that the time tells neither which one it was nor how many digits were right.
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key, body, expected);
            isMatch |= CryptographicOperations.FixedTimeEquals(expected, signed);
        }

        return isMatch ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }

    private static SignatureVerdict? Read(string? header, Span<byte> signed)
    {
        if (string.IsNullOrEmpty(header))
            return SignatureVerdict.Missing;
        var isRead = header.Length == Prefix.Length + (2 * HMACSHA256.HashSizeInBytes)
            && header.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(Prefix.Length), signed, out _, out _)
                == System.Buffers.OperationStatus.Done;
        return isRead ? null : SignatureVerdict.Malformed;
    }
}
