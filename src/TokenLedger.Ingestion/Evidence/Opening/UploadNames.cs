namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Makes a folder name for the archive from a path of the user's.</summary>
internal static class UploadNames
{
    private const int MaximumLength = 80;

    /// <summary>The last part of the path without <c>.zip</c> or <c>.json</c>, every unusual letter replaced.</summary>
    public static string Of(string path, string fallback)
    {
        var trimmed = path.TrimEnd('/');
        var name = trimmed[(trimmed.LastIndexOf('/') + 1)..];
        foreach (var ending in (ReadOnlySpan<string>)[".zip", ".json", ".jsonl"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                name = name[..^ending.Length];
        }

        if (name.Length > MaximumLength)
            name = name[..MaximumLength];
        name = string.Concat(name.Select(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_')).Trim('.');
        return name.Length == 0 ? fallback : name;
    }
}
