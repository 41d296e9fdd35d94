using System.Text.RegularExpressions;
using TokenLedger.Application.Records;

namespace TokenLedger.Architecture.Tests;

public sealed partial class LedgerTableTests
{
    [Fact]
    public void Every_table_of_the_ledger_stands_in_the_code_tour_with_its_key()
    {
        var source = Repository.Read("src/TokenLedger.Storage.Sqlite/LedgerTables.cs");
        var statements = source.Split(';').Select(part => part.ReplaceLineEndings(" ")).ToList();
        var indexes = statements.Select(part => Index().Match(part)).Where(match => match.Success)
            .ToLookup(match => match.Groups[1].Value, match => Listed(match.Groups[2].Value));
        var tables = statements.Select(part => Table().Match(part)).Where(match => match.Success)
            .Select(match => $"{match.Groups[1].Value}: " + string.Join(
                "; by ", indexes[match.Groups[1].Value].Prepend(KeyOf(match.Groups[2].Value))));

        var told = Row().Matches(Section()).Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}");

        Assert.Equal(tables.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_record_table_stands_in_the_code_tour_with_its_keys_and_whether_it_is_authored()
    {
        var told = RecordRow().Matches(Section("### Record tables"))
            .Select(match => $"{match.Groups[1].Value}: {match.Groups[2].Value}");

        Assert.Equal(
            RecordTables.All.Select(table => $"{table.Name}: {(table.IsAuthored ? "authored" : "derived")}"), told);
    }

    [Fact]
    public void Record_tables_are_in_ordinal_order_and_take_no_other_tables_name() => Assert.Equal(
        RecordTables.All.Select(table => table.Name).Order(StringComparer.Ordinal)
            .Except(Row().Matches(Section()).Select(match => match.Groups[1].Value)),
        RecordTables.All.Select(table => table.Name));

    // What follows it tells the keys on Azure, which the storage's own tests check.
    private static string Section(string heading = "## Tables")
    {
        var tour = Repository.Read("src/README.md");
        var section = tour[tour.IndexOf(heading, StringComparison.Ordinal)..];
        return section[..section.IndexOf("\n### ", StringComparison.Ordinal)];
    }

    private static string KeyOf(string columns) => CompoundKey().Match(columns) is { Success: true } compound
        ? Listed(compound.Groups[1].Value)
        : SingleKey().Match(columns).Groups[1].Value;

    private static string Listed(string columns) =>
        string.Join(", ", columns.Split(',', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"CREATE TABLE (\w+) \((.*)\)", RegexOptions.None, 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"CREATE INDEX \w+ ON (\w+) \((.*?)\)", RegexOptions.None, 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"PRIMARY KEY \((.*?)\)", RegexOptions.None, 1000)]
    private static partial Regex CompoundKey();

    [GeneratedRegex(@"(\w+) \w+ PRIMARY KEY", RegexOptions.None, 1000)]
    private static partial Regex SingleKey();

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]+) \|", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    // Table, partition key, row key, what it holds, and its kind; `\|` is a character of a key.
    [GeneratedRegex(
        @"^\| `(\w+)` (?:\| (?:[^|\\\n]|\\.)+ ){3}\| (authored|derived) \|$", RegexOptions.Multiline, 1000)]
    private static partial Regex RecordRow();
}
