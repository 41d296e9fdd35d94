using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>Hashes a file on a thread of its own while somebody else writes it.</summary>
/// <remarks>
/// Reads what was written back from the file, which the system still has in memory, so that the writer never waits and
/// no buffer goes from hand to hand. Keeps the file open: it may get another name, or be deleted, meanwhile.
/// </remarks>
internal sealed class TrailingHash
{
    // Small enough for the cache nearest to a core.
    private const int BufferBytes = 1 << 18;

    private readonly object state = new();
    private readonly Task<string> hashing;
    private long writtenBytes;
    private bool isComplete;
    private bool isAbandoned;

    /// <summary>Starts to hash.</summary>
    /// <param name="path">The file; its writer lets others read, rename and delete it.</param>
    public TrailingHash(string path)
    {
        var handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        // Not a thread of the pool: it would keep one from the flushes and from the fold.
        hashing = Task.Factory.StartNew(
            () => Run(handle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Says how many bytes have been written in all.</summary>
    public void Follow(long bytes)
    {
        lock (state)
        {
            writtenBytes = bytes;
            Monitor.Pulse(state);
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    /// <returns>The SHA-256 in lower-case hexadecimal, when it has caught up.</returns>
    public Task<string> Complete()
    {
        lock (state)
        {
            isComplete = true;
            Monitor.Pulse(state);
        }

        return hashing;
    }

    /// <summary>Ends the hashing of a file that was not written to its end, and waits until it is closed.</summary>
    public void Abandon()
    {
        lock (state)
        {
            isAbandoned = true;
            Monitor.Pulse(state);
        }

        // The file is given up; why the hash failed, if it did, is of no interest.
        ((IAsyncResult)hashing).AsyncWaitHandle.WaitOne();
    }

    private string Run(SafeFileHandle handle)
    {
        using (handle)
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            var buffer = new byte[BufferBytes];
            var hashedBytes = 0L;
            while (WaitFor(hashedBytes) is var written && written > hashedBytes)
            {
                while (hashedBytes < written)
                {
                    var wanted = (int)Math.Min(buffer.Length, written - hashedBytes);
                    var read = RandomAccess.Read(handle, buffer.AsSpan(0, wanted), hashedBytes);
                    if (read == 0)
                        throw new EndOfStreamException("A file in the archive was cut while it was hashed.");
                    hash.AppendData(buffer, 0, read);
                    hashedBytes += read;
                }
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    // How much there is; no more than was hashed when nothing more comes.
    private long WaitFor(long hashedBytes)
    {
        lock (state)
        {
            while (writtenBytes == hashedBytes && !isComplete && !isAbandoned)
                Monitor.Wait(state);
            return isAbandoned ? hashedBytes : writtenBytes;
        }
    }
}
