using TokenLedger.Application.Ingesting;
using TokenLedger.Ingestion;

namespace TokenLedger.Application.Importing;

/// <summary>The bill files below what a user names.</summary>
internal static class BillPaths
{
    // Deeper than people nest exports; a deeper tree is generated or hostile.
    private const int DepthMax = 64;

    private static readonly string[] Extensions = [".csv", ".json"];

    /// <summary>The file itself, or the CSV and JSON files of the folder in ordinal order.</summary>
    /// <param name="path">An existing file or folder.</param>
    /// <param name="problems">Told of folders that are not looked into, and of a folder without a bill.</param>
    public static IEnumerable<string> FilesOf(string path, List<InputProblem> problems)
    {
        if (!Directory.Exists(path))
            return [path];
        var before = problems.Count;
        var files = new List<string>();
        var folders = new Stack<(string Path, int Depth)>();
        folders.Push((path, 0));
        while (folders.TryPop(out var next) && files.Count <= ImportBills.FilesMax)
        {
            foreach (var entry in EntriesOf(next.Path, problems))
            {
                if (entry is FileInfo)
                {
                    if (Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                        files.Add(Path.Combine(next.Path, entry.Name));
                }
                else if (entry.LinkTarget is null && next.Depth < DepthMax)
                {
                    folders.Push((Path.Combine(next.Path, entry.Name), next.Depth + 1));
                }
                else
                {
                    problems.Add(new InputProblem(
                        Path.Combine(next.Path, entry.Name), null, IngestProblems.FolderNotEntered,
                        "A linked folder, or one over 64 deep, is not looked into: name it itself."));
                }
            }
        }

        if (files.Count == 0 && problems.Count == before)
        {
            problems.Add(new InputProblem(
                path, null, IngestProblems.NoBill,
                "The folder holds no .csv or .json file: name the folder or the file of the bill."));
        }

        return files.Order(StringComparer.Ordinal);
    }

    private static FileSystemInfo[] EntriesOf(string folder, List<InputProblem> problems)
    {
        try
        {
            return new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add(new InputProblem(
                folder, null, IngestProblems.FolderNotEntered, "The folder cannot be read: check its permissions."));
            return [];
        }
    }
}
