namespace TokenLedger.Testing.Azurite;

/// <summary>Where the storage emulator is installed, if it is.</summary>
public static class AzuriteInstallation
{
    public const string HowToInstall = "Azurite is not installed: npm ci --prefix eng/azurite";

    private static readonly string? Folder = FindFolder();

    public static bool IsThere => Folder is not null && Directory.Exists(Path.Combine(Folder, "node_modules", "azurite"));

    internal static string Script => Path.Combine(
        Folder ?? throw new InvalidOperationException(HowToInstall), "until-stdin-closes.cjs");

    private static string? FindFolder() =>
        RepositoryRoot.Find() is { } root ? Path.Combine(root, "eng", "azurite") : null;
}
