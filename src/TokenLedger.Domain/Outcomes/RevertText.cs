using System.Globalization;

namespace TokenLedger.Domain.Outcomes;

/// <summary>Reads what a revert says it reverts, in the words that GitHub and git write.</summary>
public static class RevertText
{
    private const string Title = "Revert \"";
    private const string Word = "Reverts ";
    private const string CommitWords = "This reverts commit ";
    private const int ShaCharacters = 40;
    private const int NumberDigitsMax = 15;

    // More than any real text names; hostile text ends here.
    private const int NamedMax = 20;

    /// <summary>The pull request that a pull request reverts; null when it says none, or more than one.</summary>
    /// <param name="repository">The repository as <c>owner/name</c>: another's are not followed.</param>
    /// <param name="title">Its title, <c>Revert "…"</c>.</param>
    /// <param name="body">Its body, with a line <c>Reverts owner/name#number</c>.</param>
    public static long? RevertedNumber(string repository, string? title, string? body)
    {
        if (title?.StartsWith(Title, StringComparison.Ordinal) != true || body is null)
            return null;
        var numbers = body.Split('\n')
            .Where(line => line.StartsWith(Word, StringComparison.Ordinal))
            .Take(NamedMax)
            .Select(line => NumberIn(line[Word.Length..].TrimStart(' '), repository))
            .OfType<long>()
            .Distinct()
            .ToList();
        return numbers is [var only] ? only : null;
    }

    /// <summary>The commits that a commit's message says it reverts, in lower case.</summary>
    public static IReadOnlyList<string> RevertedCommits(string? message)
    {
        var commits = new List<string>();
        var at = 0;
        while (message is not null && commits.Count < NamedMax
            && message.IndexOf(CommitWords, at, StringComparison.Ordinal) is var found and >= 0)
        {
            at = found + CommitWords.Length;
            var sha = string.Concat(message.Skip(at).TakeWhile(char.IsAsciiHexDigit).Take(ShaCharacters + 1))
                .ToLowerInvariant();
            if (sha.Length == ShaCharacters && !commits.Contains(sha, StringComparer.Ordinal))
                commits.Add(sha);
        }

        return commits;
    }

    // "acme/webshop#12" and "#12"; what comes behind the digits is not looked at.
    private static long? NumberIn(string text, string repository)
    {
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        if (mark < 0 || (mark > 0 && !text[..mark].Equals(repository, StringComparison.OrdinalIgnoreCase)))
            return null;
        var digits = string.Concat(
            text.Skip(mark + 1).TakeWhile(char.IsAsciiDigit).Take(NumberDigitsMax + 1));
        return digits.Length is > 0 and <= NumberDigitsMax && digits[0] != '0'
            ? long.Parse(digits, CultureInfo.InvariantCulture)
            : null;
    }
}
