namespace TokenLedger.Storage.Azure.Archive;

/// <summary>Folders for copies of a run's files; what a kill leaves of them, a later start removes.</summary>
internal static class TemporaryFolders
{
    private const string Prefix = "tokenledger-run-";

    // Older than any fold can last.
    private static readonly TimeSpan AgeMax = TimeSpan.FromDays(1);

    public static DirectoryInfo Create() => Directory.CreateTempSubdirectory(Prefix);

    public static void Delete(DirectoryInfo folder)
    {
        folder.Refresh();
        if (folder.Exists)
            folder.Delete(recursive: true);
    }

    /// <summary>Removes what killed processes left behind in a folder.</summary>
    public static void Sweep(string parent, DateTimeOffset now)
    {
        foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
        {
            if (now.UtcDateTime - folder.LastWriteTimeUtc <= AgeMax)
                continue;
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                continue; // Another process removes it, or it is another user's.
            }
        }
    }
}
