namespace TokenLedger.Packing;

/// <summary>The package as the Functions host finds it: host.json and one folder per function at its root.</summary>
public static class PackageFolder
{
    /// <summary>Named in host.json; the only file with the execute bit.</summary>
    public const string Executable = "tokenledger-functions";

    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Runnable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Of no use where the handler runs.
    private static readonly string[] LeftOut = [".pdb", ".dbg", ".xml"];

    /// <summary>Replaces the package folder.</summary>
    /// <param name="published">What <c>dotnet publish</c> wrote.</param>
    /// <param name="functions">A folder with one folder per function, each with its function.json.</param>
    /// <param name="hostJson">The repository's host.json.</param>
    /// <param name="package">The folder to write.</param>
    /// <exception cref="InvalidDataException">The handler or every function is missing.</exception>
    public static void Write(string published, string functions, string hostJson, string package)
    {
        if (!File.Exists(Path.Combine(published, Executable)))
            throw new InvalidDataException($"{published} has no {Executable}: publish for linux-x64 first.");
        if (Directory.Exists(package))
            Directory.Delete(package, recursive: true);
        Directory.CreateDirectory(package);
        foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
        {
            if (!LeftOut.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                Copy(file, Path.Combine(package, Path.GetRelativePath(published, file)));
        }

        Copy(hostJson, Path.Combine(package, "host.json"));
        var descriptions = Directory.GetFiles(functions, "function.json", SearchOption.AllDirectories);
        if (descriptions.Length == 0)
            throw new InvalidDataException($"{functions} has no function.json.");
        foreach (var file in descriptions)
            Copy(file, Path.Combine(package, Path.GetRelativePath(functions, file)));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, Path.GetFileName(to) is Executable ? Runnable : Readable);
    }
}
