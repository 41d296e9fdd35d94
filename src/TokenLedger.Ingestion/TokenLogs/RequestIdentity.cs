using System.Text;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>The identity under which a usage record is de-duplicated over all files and attempts of a run.</summary>
public static class RequestIdentity
{
    private const ulong RequestSeed = 0x746F_6B65_6E5F_7573;
    private const ulong RawLineSeed = 0x7261_775F_6C69_6E65;
    private const ulong ContentSeed = 0x636F_6E74_656E_7400;

    /// <summary>
    /// The identity of a <c>token_usage</c> event under a request id; 0 when the id is null or empty.
    /// </summary>
    public static UInt128 OfRequest(string? requestId) =>
        string.IsNullOrEmpty(requestId) ? 0 : OfRequest(Encoding.UTF8.GetBytes(requestId));

    /// <summary>The same from UTF-8, not empty.</summary>
    internal static UInt128 OfRequest(ReadOnlySpan<byte> requestId) => ContentHash.Of(requestId, RequestSeed);

    /// <summary>The identity of a record without an id: its line without surrounding blanks.</summary>
    internal static UInt128 OfRawLine(ReadOnlySpan<byte> line) => ContentHash.Of(line, RawLineSeed);

    /// <summary>The identity of a record that has neither id nor line.</summary>
    internal static UInt128 OfContent(ulong fingerprint) =>
        ContentHash.Of(BitConverter.GetBytes(fingerprint), ContentSeed);
}
