namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>A file of zeros that can be read only so far.</summary>
internal sealed class BreakingStream(long goodBytes) : MemoryStream
{
    private long readBytes;

    public override long Length => goodBytes * 2;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (readBytes >= goodBytes)
            throw new IOException("bad sector");
        var length = (int)Math.Min(buffer.Length, goodBytes - readBytes);
        buffer[..length].Clear();
        readBytes += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));
}
