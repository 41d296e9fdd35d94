namespace TokenLedger.Ingestion.Evidence;

/// <summary>Brings a workflow's path to the one form that bills and runs share.</summary>
internal static class WorkflowPaths
{
    private const string Folder = ".github/workflows/";

    /// <summary>
    /// The path in the repository without <c>owner/repo/</c> before it and <c>@ref</c> behind; null for a bare
    /// name.
    /// </summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var path = text.Trim();
        var reference = path.IndexOf('@', StringComparison.Ordinal);
        if (reference >= 0)
            path = path[..reference];
        var folder = path.IndexOf(Folder, StringComparison.Ordinal);
        if (folder > 0)
            path = path[folder..];
        var isFile = path.EndsWith(".yml", StringComparison.Ordinal)
            || path.EndsWith(".yaml", StringComparison.Ordinal);
        if (isFile && !path.Contains('/', StringComparison.Ordinal))
            return Folder + path;
        return isFile || path.StartsWith("dynamic/", StringComparison.Ordinal) ? path : null;
    }
}
