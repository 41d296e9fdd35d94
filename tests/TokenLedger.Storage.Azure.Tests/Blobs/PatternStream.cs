namespace TokenLedger.Storage.Azure.Tests.Blobs;

/// <summary>A stream whose bytes follow from its length and their place, made while it is read.</summary>
/// <remarks>Streams of other lengths have other bytes, so a mixture of two is seen.</remarks>
internal sealed class PatternStream(long length, bool canSeek) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? length : throw new NotSupportedException();

    public override long Position { get; set; }

    /// <summary>How many bytes follow the pattern of a stream of their number; throws at the first that does not.</summary>
    public static async Task<long> CountAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        var bytes = copy.ToArray();
        for (var at = 0; at < bytes.Length; at++)
            Assert.True(At(bytes.Length, at) == bytes[at], $"Byte {at} is wrong.");
        return bytes.Length;
    }

    // Never fills a large buffer at once, as a network would not.
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(Math.Min(count, 70_000), length - Position);
        for (var at = 0; at < read; at++)
            buffer[offset + at] = At(length, Position + at);
        Position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte At(long length, long at) => (byte)((at * 31 + at / 4093 + length) % 251);
}
