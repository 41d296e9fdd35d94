using System.Globalization;
using System.Text.RegularExpressions;
using TokenLedger.Testing;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>A page of the documentation, taken apart.</summary>
public sealed partial class DocumentedPage
{
    private const string Fence = "```";

    private DocumentedPage(string name, string[] lines)
    {
        Name = name;
        var prose = new List<string>();
        var blocks = new List<ShellBlock>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                prose.Add(lines[at]);
                continue;
            }

            var end = Array.FindIndex(lines, at + 1, line => line == Fence);
            Assert.True(end > at, $"{name}:{at + 1}: the block does not end.");
            var language = lines[at][Fence.Length..];
            Assert.False(language is "bash" or "shell" or "console", $"{name}:{at + 1}: write sh.");
            Assert.False(language.StartsWith("sh ", StringComparison.Ordinal), $"{name}:{at + 1}: write sh alone.");
            if (language == "sh")
                blocks.Add(Block(name, at + 1, at > 0 ? lines[at - 1] : "", string.Join('\n', lines[(at + 1)..end])));
            else if (language == "text")
                TextBlocks.Add(string.Join('\n', lines[(at + 1)..end]));
            at = end;
        }

        Prose = string.Join('\n', prose);
        Shell = blocks;
    }

    /// <summary>README and everything in <c>docs</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "README.md",
        .. Directory.GetFiles(System.IO.Path.Combine(RepositoryRoot.Path, "docs"), "*.md")
            .Select(file => $"docs/{System.IO.Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    public string Name { get; }

    /// <summary>What stands in no block.</summary>
    public string Prose { get; }

    public IReadOnlyList<ShellBlock> Shell { get; }

    /// <summary>What programs print, as the page shows it.</summary>
    public List<string> TextBlocks { get; } = [];

    /// <summary>The headings as GitHub makes anchors of them.</summary>
    public IEnumerable<string> Anchors => Headings.Select(heading =>
        NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The headings' texts, without <c>#</c>.</summary>
    public IEnumerable<string> Headings => Heading().Matches(Prose).Select(match => match.Groups[1].Value.Trim());

    public static DocumentedPage Read(string name) =>
        new(name, File.ReadAllLines(System.IO.Path.Combine(RepositoryRoot.Path, name)));

    /// <summary>From a heading to the next one.</summary>
    public string Section(string heading)
    {
        var lines = Prose.Split('\n');
        var start = Array.FindIndex(lines, line => line.StartsWith('#') && line.TrimStart('#').Trim() == heading);
        Assert.True(start >= 0, $"{Name} has no section '{heading}'.");
        return string.Join('\n', lines.Skip(start + 1).TakeWhile(line => !line.StartsWith('#')));
    }

    private static ShellBlock Block(string page, int line, string above, string text)
    {
        var exit = ExitMark().Match(above);
        var notRun = NotRunMark().Match(above);
        return new ShellBlock(
            page, line, text, notRun.Success ? notRun.Groups[1].Value : null,
            exit.Success ? int.Parse(exit.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("^<!-- exit: ([0-9]+) -->$", RegexOptions.None, 1000)]
    private static partial Regex ExitMark();

    [GeneratedRegex("^<!-- not run: (.+) -->$", RegexOptions.None, 1000)]
    private static partial Regex NotRunMark();
}
