namespace TokenLedger.Cli.Registration;

/// <summary>
/// A file for a secret, made before the secret is there: what cannot be written is told while nothing is lost yet.
/// </summary>
/// <remarks>Only its owner may read it. An existing file is never written to. Without content it goes again.</remarks>
internal sealed class SecretFile : IDisposable
{
    private readonly FileStream stream;
    private bool isKept;

    private SecretFile(FileStream stream) => this.stream = stream;

    /// <summary>Its path, whole.</summary>
    public string FullName => stream.Name;

    /// <summary>Makes the file.</summary>
    /// <param name="option">The flag that names it.</param>
    /// <param name="path">Its path.</param>
    /// <exception cref="CommandFailedException">It is there already, or cannot be made.</exception>
    public static SecretFile Reserve(string option, string path)
    {
        var whole = Path.GetFullPath(path);
        if (Path.Exists(whole) || new FileInfo(whole).LinkTarget is not null)
            throw CommandFailedException.WrongUsage(
                $"{option}: {whole} is there already, and nothing is overwritten: name another, or move it away.");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new SecretFile(new FileStream(whole, options));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                $"{option}: {whole} cannot be written: check that its folder is there, and its permissions.");
        }
    }

    /// <summary>Writes the content to the disk; then the file stays.</summary>
    public void Keep(string content)
    {
        stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
        stream.Flush(flushToDisk: true);
        isKept = true;
    }

    public void Dispose()
    {
        stream.Dispose();
        if (!isKept)
            File.Delete(stream.Name);
    }
}
