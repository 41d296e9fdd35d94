using System.Security.Cryptography;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>Copies evidence to a new file and returns when the disk has it.</summary>
/// <remarks>
/// Three things go on at once: this thread reads and writes, a second hashes what was written, a third asks the disk
/// for it, so that the flush at the end, which alone counts, finds little left to do. Hashing takes longer than the
/// rest and is not waited for.
/// </remarks>
internal sealed class EvidenceCopy(EvidenceFile file, string target)
{
    // A file that fits in is hashed at once; a longer one is worth a thread.
    private const int BufferBytes = 1 << 20;

    // Some tens of milliseconds of a quick disk; a smaller file is flushed once, at the end.
    private const long FlushStepBytes = 32L << 20;

    private Task flushing = Task.CompletedTask;
    private long unflushedBytes;

    /// <summary>Copies to the end.</summary>
    /// <exception cref="EvidenceUnreadableException">The source ends early or cannot be opened.</exception>
    public FlushedCopy Run(CancellationToken cancellation)
    {
        using var source = OpenSource();
        // Whoever hashes it reads it meanwhile, and afterwards under another name.
        using var stream = new FileStream(
            target, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        var length = Read(source, buffer);
        stream.Write(buffer, 0, length);
        var hashing = length < BufferBytes
            ? Task.FromResult(Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length))))
            : CopyRest(source, stream, buffer, cancellation);
        stream.Flush(flushToDisk: true);
        return new FlushedCopy(target, stream.Length, hashing);
    }

    private Task<string> CopyRest(
        Stream source, FileStream stream, byte[] buffer, CancellationToken cancellation)
    {
        var hash = new TrailingHash(target);
        try
        {
            hash.Follow(stream.Position);
            // Ends with the file: whoever opened it bounds what it can inflate to.
            while (Read(source, buffer) is var length and > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, length);
                hash.Follow(stream.Position);
                FlushSome(stream, length);
            }

            return hash.Complete();
        }
        catch
        {
            hash.Abandon();
            throw;
        }
        finally
        {
            // It may not outlive its file; that it failed is thrown here.
            flushing.GetAwaiter().GetResult();
        }
    }

    private void FlushSome(FileStream stream, int length)
    {
        unflushedBytes += length;
        if (unflushedBytes < FlushStepBytes || !flushing.IsCompletedSuccessfully)
            return;
        var handle = stream.SafeFileHandle;
        flushing = Task.Run(() => RandomAccess.FlushToDisk(handle), CancellationToken.None);
        unflushedBytes = 0;
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
