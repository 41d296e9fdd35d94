using System.Security.Cryptography;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>Copies evidence to a new file, hashes it on the way, and returns when the disk has it.</summary>
/// <remarks>
/// Three things go on at once: this thread reads and writes, a second hashes what was read, a third asks the disk for
/// what was written, so that the flush at the end, which alone counts, finds little left to do.
/// </remarks>
internal sealed class HashedCopy(EvidenceFile file, string target) : IDisposable
{
    // Large enough that waking the hashing thread costs nothing beside it.
    private const int BufferBytes = 1 << 20;

    // Some tens of milliseconds of a quick disk; a smaller file is flushed once, at the end.
    private const long FlushStepBytes = 32L << 20;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task hashing = Task.CompletedTask;
    private Task flushing = Task.CompletedTask;

    /// <summary>Copies, and gives the SHA-256 in lower-case hexadecimal.</summary>
    /// <exception cref="EvidenceUnreadableException">The source ends early or cannot be opened.</exception>
    public string Run(CancellationToken cancellation)
    {
        using var source = OpenSource();
        using var stream = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            CopyAll(source, stream, cancellation);
        }
        finally
        {
            // Neither may outlive its file and its hash; that one of them failed is thrown here.
            Task.WhenAll(hashing, flushing).GetAwaiter().GetResult();
        }

        stream.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void CopyAll(Stream source, FileStream stream, CancellationToken cancellation)
    {
        var (buffer, other) = (new byte[BufferBytes], new byte[BufferBytes]);
        var unflushedBytes = 0L;
        // Ends with the file: whoever opened it bounds what it can inflate to.
        while (Read(source, buffer) is var length and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            // The hash of one buffer goes on while the next is read into the other, and no longer.
            hashing.GetAwaiter().GetResult();
            var content = buffer.AsMemory(0, length);
            hashing = Task.Run(() => hash.AppendData(content.Span), CancellationToken.None);
            stream.Write(content.Span);
            unflushedBytes += length;
            if (unflushedBytes >= FlushStepBytes && flushing.IsCompletedSuccessfully)
            {
                var handle = stream.SafeFileHandle;
                flushing = Task.Run(() => RandomAccess.FlushToDisk(handle), CancellationToken.None);
                unflushedBytes = 0;
            }

            (buffer, other) = (other, buffer);
        }
    }

    private Stream OpenSource()
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }

    private int Read(Stream source, byte[] buffer)
    {
        try
        {
            return source.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }

    private EvidenceUnreadableException Unreadable(Exception failure) =>
        new($"{file.Path} cannot be read to its end ({failure.Message.TrimEnd('.')}).", failure);
}
