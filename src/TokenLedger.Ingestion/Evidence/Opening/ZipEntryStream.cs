using System.IO.Compression;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>The bytes of a zip entry, counted while they come, with the zip that it keeps open.</summary>
internal sealed class ZipEntryStream : Stream
{
    private readonly ZipArchive archive;
    private readonly Stream inner;
    private readonly long limitBytes;
    private long given;

    private ZipEntryStream(ZipArchive archive, Stream inner, long limitBytes)
    {
        this.archive = archive;
        this.inner = inner;
        this.limitBytes = limitBytes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => given;
        set => throw new NotSupportedException();
    }

    public static ZipEntryStream Open(string file, string name, long limitBytes)
    {
        var opened = ZipFile.OpenRead(file);
        try
        {
            var entry = opened.GetEntry(name) ?? throw new InvalidDataException("The zip changed while it was read.");
            return new ZipEntryStream(opened, entry.Open(), limitBytes);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            archive.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        given += read;
        return given <= limitBytes ? read : throw new EntryTooLargeException(limitBytes);
    }
}
