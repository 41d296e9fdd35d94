using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>Lets one process at a time add to a folder. The lock ends with the process, however it ends.</summary>
internal static class FolderLock
{
    private const string FileName = ".lock";

    // 30 seconds in all, like the ledger's own wait.
    private const int AttemptsMax = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> TakeAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, cancellation);
            }
        }

        throw new LedgerUnusableException(
            $"{folder} was in use by another process for 30 seconds: try again when that one has ended.");
    }
}
