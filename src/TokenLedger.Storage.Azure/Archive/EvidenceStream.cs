using System.Security.Cryptography;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>
/// A file's bytes on their way into the archive, hashed while they come. What goes wrong with them is the file's fault,
/// not the storage's: <see cref="EvidenceUnreadableException"/>.
/// </summary>
internal sealed class EvidenceStream : Stream
{
    private readonly EvidenceFile file;
    private readonly Stream source;
    private readonly string? expectedSha256;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private EvidenceStream(EvidenceFile file, Stream source, string? expectedSha256)
    {
        this.file = file;
        this.source = source;
        this.expectedSha256 = expectedSha256;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <param name="file">The file.</param>
    /// <param name="expectedSha256">
    /// The hash that it had before: a file that has changed since fails at its end. Null for any.
    /// </param>
    public static EvidenceStream Open(EvidenceFile file, string? expectedSha256)
    {
        try
        {
            return new EvidenceStream(file, file.OpenRead(), expectedSha256);
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            throw Unreadable(file, failure);
        }
    }

    /// <summary>The hash of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> HashAsync(EvidenceFile file, CancellationToken cancellation)
    {
        await using var stream = Open(file, expectedSha256: null);
        await stream.CopyToAsync(Null, cancellation);
        return Convert.ToHexStringLower(stream.hash.GetCurrentHash());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            throw Unreadable(file, failure);
        }

        hash.AppendData(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0)
            CheckEnd();
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous.");

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
            source.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        if (expectedSha256 is not null
            && !string.Equals(
                expectedSha256, Convert.ToHexStringLower(hash.GetCurrentHash()), StringComparison.Ordinal))
            throw Unreadable(file, new IOException("it changed while it was read"));
    }

    private static bool IsUnreadable(Exception failure) =>
        failure is IOException or InvalidDataException or UnauthorizedAccessException;

    private static EvidenceUnreadableException Unreadable(EvidenceFile file, Exception failure) =>
        new($"{file.Path} cannot be read to its end ({failure.Message.TrimEnd('.')}).", failure);
}
