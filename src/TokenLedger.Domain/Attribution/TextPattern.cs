namespace TokenLedger.Domain.Attribution;

/// <summary>Patterns over names: <c>*</c> stands for any text, case does not count, nothing else is special.</summary>
public static class TextPattern
{
    /// <summary>Whether a pattern admits a text.</summary>
    /// <param name="pattern">The pattern; null admits everything.</param>
    /// <param name="text">The text; null, which is unknown, only null admits.</param>
    public static bool Matches(string? pattern, string? text)
    {
        if (pattern is null || text is null)
            return pattern is null;
        var parts = pattern.Split('*');
        if (parts.Length == 1)
            return string.Equals(pattern, text, StringComparison.OrdinalIgnoreCase);
        if (text.Length < parts[0].Length + parts[^1].Length
            || !text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase))
            return false;
        // The earliest place of each part leaves the most for those after it.
        var at = parts[0].Length;
        var end = text.Length - parts[^1].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, end - at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return true;
    }
}
