namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>A package folder that the host would start.</summary>
public sealed record FunctionsPackage(string Folder, HostSettings Settings, IReadOnlyList<HostedFunction> Functions)
{
    public string Executable => Path.Combine(Folder, Settings.ExecutablePath);

    /// <param name="folder">With host.json and one folder per function.</param>
    /// <param name="needsExecutable">False for a handler inside the test's own process.</param>
    /// <exception cref="InvalidPackageException">The host would not start it.</exception>
    public static FunctionsPackage Read(string folder, bool needsExecutable = true)
    {
        var hostJson = Path.Combine(folder, "host.json");
        if (!File.Exists(hostJson))
            throw new InvalidPackageException("The package has no host.json.");
        var settings = HostSettingsReader.Read(File.ReadAllText(hostJson));
        var functions = Directory.GetDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Select(found => (Name: Path.GetFileName(found), File: Path.Combine(found, "function.json")))
            .Where(found => File.Exists(found.File))
            .Select(found => FunctionReader.Read(found.Name, File.ReadAllText(found.File), settings))
            .ToList();
        if (functions.Count == 0)
            throw new InvalidPackageException("The package has no function.");
        var package = new FunctionsPackage(folder, settings, functions);
        if (needsExecutable)
            package.CheckExecutable();
        return package;
    }

    private void CheckExecutable()
    {
        if (!File.Exists(Executable))
            throw new InvalidPackageException($"The package has no {Settings.ExecutablePath}.");
        // The platform tries to add the bit, which fails where the package is mounted read-only.
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(Executable).HasFlag(UnixFileMode.UserExecute))
            throw new InvalidPackageException($"{Settings.ExecutablePath} is not executable.");
    }
}
