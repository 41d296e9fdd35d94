namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Names inside a zip are hostile: they may lead out of it.</summary>
internal static class ZipEntryName
{
    private const int MaximumLength = 1_024;

    /// <summary>
    /// Whether the name stays inside: relative, forward slashes, no drive, no dot segments, no control characters.
    /// </summary>
    public static bool IsSafe(string name)
    {
        if (name.Length is 0 or > MaximumLength || name.AsSpan().ContainsAny('\\', ':'))
            return false;
        foreach (var letter in name)
        {
            if (char.IsControl(letter))
                return false;
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            if (name.AsSpan(range) is "" or "." or "..")
                return false;
        }

        return true;
    }

    /// <summary>The name as a message may show it.</summary>
    public static string Shown(string name)
    {
        var bounded = name.Length > 120 ? name[..120] : name;
        return string.Concat(bounded.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
