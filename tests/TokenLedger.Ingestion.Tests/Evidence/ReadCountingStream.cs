namespace TokenLedger.Ingestion.Tests.Evidence;

/// <summary>Bytes in memory that tells how many of them were read.</summary>
internal sealed class ReadCountingStream(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    public long BytesRead { get; private set; }

    // A stream of another kind than MemoryStream itself is read through this alone.
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
