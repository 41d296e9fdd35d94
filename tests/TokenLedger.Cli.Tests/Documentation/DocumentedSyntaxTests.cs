using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using TokenLedger.Cli.Commands;

namespace TokenLedger.Cli.Tests.Documentation;

/// <summary>Every command line that a page shows or mentions is one that the program knows.</summary>
public sealed partial class DocumentedSyntaxTests
{
    // It stands for any command.
    private const string AnyCommand = "COMMAND --help";

    private static readonly RootCommand Root = CommandTree.Create(new CliHost(
        TextWriter.Null, TextWriter.Null, TimeProvider.System, new CliEnvironment { Variables = new Dictionary<string, string>(), SamplesFolder = "" }));

    public static TheoryData<string> Pages => [.. DocumentedPage.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Command_lines_in_blocks_parse(string page) => Assert.All(
        DocumentedPage.Read(page).Shell.SelectMany(block => CommandsIn(block.Text)),
        line => Assert.True(Problem(line, isWhole: true) is null, $"tokenledger {line}: {Problem(line, isWhole: true)}"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_that_are_mentioned_exist_with_their_options(string page) => Assert.All(
        CodeSpan().Matches(DocumentedPage.Read(page).Prose).SelectMany(match => CommandsIn(match.Groups[1].Value))
            .Where(line => line != AnyCommand),
        line => Assert.True(Problem(line, isWhole: false) is null, $"tokenledger {line}: {Problem(line, isWhole: false)}"));

    [Theory]
    [InlineData("forecast", false)]
    [InlineData("ingest logs --repository acme/api", false)]
    [InlineData("reconcile --org acme", true)]
    [InlineData("app make --org acme", false)]
    public void A_command_line_that_the_program_does_not_know_is_found(string line, bool isWhole) =>
        Assert.NotNull(Problem(line, isWhole));

    [Fact]
    public void Enough_command_lines_are_looked_at() => Assert.True(
        DocumentedPage.Names.SelectMany(name => DocumentedPage.Read(name).Shell)
            .SelectMany(block => CommandsIn(block.Text)).Count() > 20);

    // What stands beside a mentioned command may be left out: it is a name, not a line to be typed.
    private static string? Problem(string line, bool isWhole)
    {
        var words = Words(line);
        var parse = Root.Parse(words);
        var command = parse.CommandResult.Command;
        var known = command.Options.Concat(Root.Options).SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet();
        var unknown = words.FirstOrDefault(
            word => word.StartsWith("--", StringComparison.Ordinal) && !known.Contains(word.Split('=')[0]));
        if (unknown is not null)
            return $"{unknown} is no option of {command.Name}.";
        if (parse.UnmatchedTokens.Count > 0)
            return $"{parse.UnmatchedTokens[0]} is not known.";
        return isWhole && parse.Errors.Count > 0 ? parse.Errors[0].Message : null;
    }

    private static IEnumerable<string> CommandsIn(string text) => Invocation()
        .Matches(text.Replace("\\\n", " ", StringComparison.Ordinal)
            .Replace("dotnet run --project src/TokenLedger.Cli --", "tokenledger", StringComparison.Ordinal))
        .Select(match => match.Groups[1].Value.TrimEnd());

    /// <summary>The words of a command, up to where the shell begins another.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char? quote = null;
        foreach (var letter in line)
        {
            if (letter == quote)
                quote = null;
            else if (quote is not null)
                word.Append(letter);
            else if (letter is '"' or '\'')
                quote = letter;
            else if (letter is '|' or '>' or ';' or '&' or '#')
                break;
            else if (letter != ' ')
                word.Append(letter);
            else
                End();
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    [GeneratedRegex(@"(?<![\w./-])tokenledger ([^\n]+)", RegexOptions.None, 1000)]
    private static partial Regex Invocation();

    [GeneratedRegex("`([^`\n]+)`", RegexOptions.None, 1000)]
    private static partial Regex CodeSpan();
}
