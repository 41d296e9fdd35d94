namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>A stream that gives at most a few bytes at a time, as a network or an archive may.</summary>
internal sealed class DribblingStream(byte[] bytes, int bytesMax) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, bytesMax)]);
}
