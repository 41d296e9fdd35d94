using System.Globalization;
using System.Text;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Providers.GitHub.Issues;

/// <summary>
/// The texts of issues and comments. What comes from outside starts no markup, mention, reference or link.
/// </summary>
/// <remarks>
/// GitHub looks for mentions and references in the text that Markdown leaves, so that an escape is not enough: an
/// invisible space breaks them (observed in the open-source html-pipeline, 2026-11).
/// </remarks>
internal static class IssueText
{
    // GitHub takes 65,536 characters; 20 lines of 500 escaped ones stay below in all but a contrived case.
    private const int LengthMax = 60_000;
    private const int TitleLengthMax = 250;

    private const string Break = "&#8203;";

    /// <summary>The title; GitHub shows titles without Markdown, but mentions are broken all the same.</summary>
    public static string Title(AlertEvent told)
    {
        var title = SafeText.ForTerminal(told.Subject).Replace("@", "@\u200b", StringComparison.Ordinal)
            .Replace("#", "#\u200b", StringComparison.Ordinal);
        return title.Length <= TitleLengthMax ? title : title[..TitleLengthMax];
    }

    /// <summary>The body: the newest event of the group, and which event the issue began with.</summary>
    /// <param name="told">The newest event.</param>
    /// <param name="first">The id of the event that the issue began with.</param>
    public static string Body(AlertEvent told, string first) => string.Create(
        CultureInfo.InvariantCulture, $"{GroupMark(told)}\n{FirstMark(first)}\n{Text(told)}");

    /// <summary>A comment.</summary>
    public static string Comment(AlertEvent told) => $"{EventMark(told.Id())}\n{Text(told)}";

    /// <summary>By which an issue is known; always its first line.</summary>
    public static string GroupMark(AlertEvent told) => $"<!-- tokenledger:group:{told.GroupDigest()} -->";

    /// <summary>By which a comment is known; always its first line.</summary>
    public static string EventMark(string id) => $"<!-- tokenledger:event:{id} -->";

    /// <summary>The id of the event that an issue began with; empty when it does not say so.</summary>
    public static string FirstOf(string body)
    {
        const string begin = "<!-- tokenledger:first:";
        var line = body.Split('\n', 3) is [_, var second, ..] ? second.TrimEnd('\r') : "";
        return line.StartsWith(begin, StringComparison.Ordinal) ? line[begin.Length..].Split(' ')[0] : "";
    }

    private static string FirstMark(string id) => $"<!-- tokenledger:first:{id} -->";

    private static string Text(AlertEvent told)
    {
        var text = new StringBuilder($"**{Escaped(told.Title)}**\n\n");
        foreach (var line in told.Lines.Select(line => $"- {Escaped(line)}\n"))
        {
            if (text.Length + line.Length > LengthMax)
                break;
            text.Append(line);
        }

        if (told.Link is { } link)
            text.Append(CultureInfo.InvariantCulture, $"\n[Where to look]({Address(link)})\n");
        return text.Append(CultureInfo.InvariantCulture, $"\nTokenLedger alert `{told.Id()}`\n").ToString();
    }

    // Parentheses would end a Markdown link early.
    private static string Address(Uri link) => link.AbsoluteUri
        .Replace("(", "%28", StringComparison.Ordinal)
        .Replace(")", "%29", StringComparison.Ordinal);

    private static string Escaped(string text) => SafeText.ForMarkdown(text)
        .Replace("&#64;", "&#64;" + Break, StringComparison.Ordinal)
        .Replace("\\#", "\\#" + Break, StringComparison.Ordinal)
        .Replace("://", ":" + Break + "//", StringComparison.Ordinal)
        .Replace("www.", "www" + Break + ".", StringComparison.OrdinalIgnoreCase)
        .Replace("GH-", "GH" + Break + "-", StringComparison.OrdinalIgnoreCase);
}
