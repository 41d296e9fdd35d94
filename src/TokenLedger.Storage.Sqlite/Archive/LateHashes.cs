using System.Collections.Concurrent;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>
/// The hashes of files that were archived before they were hashed to their end. What the process knows of them ends
/// with it: the index, which is only a cache, then lacks a line.
/// </summary>
internal sealed class LateHashes
{
    private readonly ConcurrentDictionary<string, Task<string>> hashes = new(StringComparer.Ordinal);

    /// <summary>The hash of a file that will be noted in the index, or was just now; null for none.</summary>
    public Task<string>? Find(string folder, string relative) =>
        hashes.GetValueOrDefault(Path.Combine(folder, relative));

    /// <summary>Notes a hash in the index of its folder when it is known.</summary>
    public void Await(string folder, string relative, Task<string> hashing)
    {
        var target = Path.Combine(folder, relative);
        var noted = NoteAsync(folder, relative, hashing);
        hashes[target] = noted;
        _ = noted.ContinueWith(
            _ => hashes.TryRemove(target, out var _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static async Task<string> NoteAsync(string folder, string relative, Task<string> hashing)
    {
        var hash = await hashing;
        try
        {
            using var ownership = await FolderLock.TakeAsync(folder, CancellationToken.None);
            if (!HashIndex.Read(folder).ContainsKey(relative))
                HashIndex.Append(folder, relative, hash);
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or LedgerUnusableException)
        {
            // Without its line the file is hashed again, and that is all.
        }

        return hash;
    }
}
