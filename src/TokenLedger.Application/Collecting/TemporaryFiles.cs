namespace TokenLedger.Application.Collecting;

/// <summary>Files that hold an artifact while it is filtered.</summary>
/// <param name="folder">Where they lie; others may have files there too.</param>
internal sealed class TemporaryFiles(string folder)
{
    public const int BufferBytes = 128 * 1024;

    private const string Prefix = "tokenledger-artifact-";

    // No download lasts as long.
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    private int isSwept;

    // It holds what the archive must not: nobody else may read it. Gone when it is closed.
    public FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = BufferBytes,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(folder, Prefix + Path.GetRandomFileName()), options);
        if (Interlocked.Exchange(ref isSwept, 1) == 0)
            Sweep(File.GetLastWriteTimeUtc(file.Name) - Age);
        return file;
    }

    // What a killed process left; by the file system's own clock. Whatever cannot be deleted is somebody else's.
    private void Sweep(DateTime before)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*"))
                SweepOne(path, before);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void SweepOne(string path, DateTime before)
    {
        try
        {
            if (File.GetLastWriteTimeUtc(path) < before)
                File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
