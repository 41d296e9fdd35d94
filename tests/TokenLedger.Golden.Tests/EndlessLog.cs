using System.Text;

namespace TokenLedger.Golden.Tests;

/// <summary>A long log that nobody holds in memory: one line, told a number of times.</summary>
internal sealed class EndlessLog(string line, long times) : Stream
{
    private readonly byte[] bytes = Encoding.UTF8.GetBytes(line);
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => bytes.Length * times;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && position < Length)
        {
            var part = bytes.AsSpan((int)(position % bytes.Length));
            part = part[..Math.Min(part.Length, buffer.Length - count)];
            part.CopyTo(buffer[count..]);
            count += part.Length;
            position += part.Length;
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
