namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Which hosts, owners and repositories may become folder names and keys. Everything in a file is hostile text.
/// </summary>
internal static class RunNames
{
    // GitHub allows 39 for owners and 100 for repositories; hosts are at most 253 (RFC 1035).
    private const int MaximumNameLength = 100;
    private const int MaximumHostLength = 253;

    public static bool IsHost(string? text) => IsName(text, MaximumHostLength) && !text!.StartsWith('-');

    /// <summary>Owner and name of <c>owner/name</c>; null for anything else.</summary>
    public static (string Owner, string Name)? Split(string? repository)
    {
        if (repository?.Split('/') is [var owner, var name]
            && IsName(owner, MaximumNameLength) && IsName(name, MaximumNameLength))
            return (owner, name);
        return null;
    }

    private static bool IsName(string? text, int maximumLength)
    {
        if (text is null || text.Length == 0 || text.Length > maximumLength
            || text is "." || text.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
                return false;
        }

        return true;
    }
}
