using System.Globalization;
using System.Text.RegularExpressions;

namespace TokenLedger.Domain.Outcomes;

/// <summary>Reads what a revert says it reverts, in the words that GitHub and git write.</summary>
public static partial class RevertText
{
    // More than any real text names; hostile text ends here.
    private const int NamedMax = 20;

    /// <summary>The pull request that a pull request reverts; null when it says none, or more than one.</summary>
    /// <param name="repository">The repository as <c>owner/name</c>: another's are not followed.</param>
    /// <param name="title">Its title, <c>Revert "…"</c>.</param>
    /// <param name="body">Its body, <c>Reverts owner/name#number</c>.</param>
    public static long? RevertedNumber(string repository, string? title, string? body)
    {
        if (title?.StartsWith("Revert \"", StringComparison.Ordinal) != true || body is null)
            return null;
        var numbers = Numbers().Matches(body)
            .Take(NamedMax)
            .Where(match => match.Groups["repository"].Value is var named
                && (named.Length == 0 || string.Equals(named, repository, StringComparison.OrdinalIgnoreCase)))
            .Select(match => long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
            .Distinct()
            .ToList();
        return numbers is [var only] ? only : null;
    }

    /// <summary>The commits that a commit's message says it reverts, in lower case.</summary>
    public static IReadOnlyList<string> RevertedCommits(string? message) => message is null ? [] :
    [
        .. Commits().Matches(message).Take(NamedMax)
            .Select(match => match.Groups["sha"].Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(
        @"^Reverts[ ]+(?<repository>[\w.-]{1,100}/[\w.-]{1,100})?\#(?<number>[1-9][0-9]{0,14})\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Numbers();

    [GeneratedRegex(
        @"\bThis reverts commit (?<sha>[0-9a-fA-F]{40})\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Commits();
}
