using TokenLedger.Ingestion;

namespace TokenLedger.Cli;

/// <summary>Paths that a user names.</summary>
internal static class InputPaths
{
    /// <summary>The paths, all of which exist.</summary>
    public static IReadOnlyList<string> Existing(IReadOnlyList<string> paths)
    {
        var missing = paths.Where(path => !File.Exists(path) && !Directory.Exists(path)).ToList();
        return missing.Count == 0
            ? paths
            : throw CommandFailedException.WrongUsage(
                $"{string.Join(", ", missing)} cannot be found: check the path and its permissions.");
    }

    public static FileStream OpenRead(string path)
    {
        try
        {
            if (File.Exists(path) && !RegularFile.Is(path))
                throw CommandFailedException.WrongUsage($"{path} is a pipe or device: name a file.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.WrongUsage($"{path} cannot be read: check the path and its permissions.");
        }
    }
}
