using System.Formats.Tar;

namespace TokenLedger.Ingestion;

/// <summary>Tells files from pipes, sockets and devices: opening one of those can wait forever, or never end.</summary>
public static class RegularFile
{
    /// <summary>Whether a path is a file with content of its own; a link is what it leads to.</summary>
    /// <param name="path">An existing path that is no folder.</param>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">The path cannot be looked at.</exception>
    public static bool Is(string path)
    {
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        // The target of /dev/stdin is the name of a pipe, which no path leads to.
        if (target is not { Exists: true })
            return false;
        // Pipes, sockets and devices all have the length 0. An unreadable file is a file: opening it says so.
        return target.Length > 0 || TypeOfEmpty(target) is TarEntryType.RegularFile;
    }

    // .NET names a file's type nowhere but in the tar entries that it makes, and makes those without opening a pipe.
    private static TarEntryType TypeOfEmpty(FileInfo file)
    {
        using var buffer = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
                writer.WriteEntry(file.FullName, "file");
        }
        catch (UnauthorizedAccessException)
        {
            // Only what has content is opened to make an entry.
            return TarEntryType.RegularFile;
        }
        catch (IOException)
        {
            // A socket has no tar entry.
            return TarEntryType.CharacterDevice;
        }

        buffer.Position = 0;
        using var reader = new TarReader(buffer);
        return reader.GetNextEntry()?.EntryType ?? TarEntryType.CharacterDevice;
    }
}
