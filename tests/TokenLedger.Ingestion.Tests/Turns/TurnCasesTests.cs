using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Turns;

/// <summary>Each folder is one run's files, and in <c>expected.txt</c> what each turn of it used.</summary>
public sealed class TurnCasesTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Turns", "Cases");

    public static TheoryData<string> Cases =>
        new(Directory.GetDirectories(Root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_form_of_session_tells_its_turns(string name)
    {
        var folder = Path.Combine(Root, name);
        var files = new RunFiles();
        foreach (var path in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
            files.Add(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllLines(path));
        var expected = File.ReadAllText(Path.Combine(folder, "expected.txt")).ReplaceLineEndings("\n");

        Assert.Equal(expected, string.Concat(TurnFold.Of(files).Select(Text)));
    }

    private static string Text(TurnUsage turn)
    {
        var tokens = turn.Slices.Aggregate(default(TokenCounts), static (sum, slice) => sum + slice.Tokens);
        var told = turn.Turn is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{known.Agent} {known.Number} {known.StartedAt:mm:ss.fff}")
            : "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{turn.Phase} | {told} | {turn.Link?.ToString() ?? "-"} | {turn.Slices.Sum(slice => slice.Requests)} | "
            + $"{tokens.Input} {tokens.Output} {tokens.CacheRead} {tokens.CacheWrite} | {turn.SpreadTokens}\n");
    }
}
