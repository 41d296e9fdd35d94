namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Looks through a folder and everything below it. Links are not followed, so there are no cycles.</summary>
internal static class FolderWalk
{
    // Deeper than any artifact; a deeper tree is generated or hostile.
    private const int MaximumDepth = 64;
    private const int MaximumEntries = 10_000_000;

    public const string NoFileMessage = "This is no file but a pipe or device; name a file.";

    public static void Walk(string root, Findings findings)
    {
        var left = MaximumEntries;
        var folders = new Stack<(DirectoryInfo Folder, string Path, int Depth)>();
        folders.Push((new DirectoryInfo(root), "", 0));
        while (folders.TryPop(out var next))
        {
            if (next.Depth > MaximumDepth)
            {
                findings.Report(next.Path, EvidenceCodes.TooMany, "Folders lie over 64 deep; name the inner one.");
                continue;
            }

            foreach (var entry in EntriesOf(next.Folder, next.Path, findings))
            {
                if (left-- <= 0)
                {
                    findings.Report("", EvidenceCodes.TooMany, "Over 10 000 000 entries; name the folder's parts.");
                    return;
                }

                var path = next.Path.Length == 0 ? entry.Name : next.Path + "/" + entry.Name;
                if (entry.LinkTarget is not null)
                    findings.Report(path, EvidenceCodes.LinkNotFollowed, "A link is not followed; name its target.");
                else if (entry is DirectoryInfo folder)
                    folders.Push((folder, path, next.Depth + 1));
                else
                    Take((FileInfo)entry, path, findings);
            }
        }
    }

    public static void Take(FileInfo file, string path, Findings findings)
    {
        if (!IsRegular(file))
            findings.Report(path, EvidenceCodes.NoFile, NoFileMessage);
        else if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            ZipWalk.Walk(file.FullName, path, findings);
        else
            findings.Consider(new EvidenceFile(path, file.Length, () => OpenShared(file.FullName)));
    }

    public static FileStream OpenShared(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);

    // What vanishes while the folder is walked is reported where it is opened.
    private static bool IsRegular(FileInfo file)
    {
        try
        {
            return !file.Exists || RegularFile.Is(file.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static FileSystemInfo[] EntriesOf(DirectoryInfo folder, string path, Findings findings)
    {
        try
        {
            var entries = folder.GetFileSystemInfos();
            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Report(path, EvidenceCodes.Unreadable, "The folder cannot be read; check its permissions.");
            return [];
        }
    }
}
