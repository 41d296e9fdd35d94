namespace TokenLedger.Testing;

/// <summary>Where the repository lies, found from where the tests run.</summary>
public static class RepositoryRoot
{
    /// <summary>Its folder; null for a program that was copied elsewhere.</summary>
    public static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }

    /// <summary>Its folder.</summary>
    public static string Path { get; } =
        Find() ?? throw new InvalidOperationException("The tests do not run inside the repository.");
}
