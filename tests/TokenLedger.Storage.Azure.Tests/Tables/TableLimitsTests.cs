using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Tables;

/// <summary>Nothing is sent: the transport has no answer to give.</summary>
public sealed class TableLimitsTests
{
    private static readonly TableClient Table = FakeAccount.WithKey(new()).Table("runs");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ab")]
    [InlineData("Runs")]
    [InlineData("1runs")]
    [InlineData("ru-ns")]
    [InlineData("tables")]
    [InlineData("runs\n")]
    [InlineData("rüns")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void A_table_name_outside_the_rule_is_refused(string name) =>
        Assert.Contains("lower-case", Assert.Throws<ArgumentException>(() => FakeAccount.WithKey(new()).Table(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    public async Task A_key_with_a_forbidden_character_is_refused(string key)
    {
        Assert.Throws<ArgumentException>(() => new TableEntity(key, "r"));
        Assert.Throws<ArgumentException>(() => new TableEntity("p", key));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.GetAsync(key, "r", [], Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => Table.GetAsync("p", key, [], Cancelled));
    }

    [Fact]
    public void A_key_of_more_than_512_characters_is_refused()
    {
        Assert.NotNull(new TableEntity(new('p', 512), new('r', 512)));
        Assert.Contains("512", Assert.Throws<ArgumentException>(() => new TableEntity(new('p', 513), "r")).Message, StringComparison.Ordinal);
        Assert.Contains("512", Assert.Throws<ArgumentException>(() => new TableEntity("p", new('r', 513))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TableEntity("p", "half a pair: " + '\uD83E'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1A")]
    [InlineData("A-B")]
    [InlineData("A@odata.type")]
    [InlineData("PartitionKey")]
    [InlineData("Timestamp")]
    public void A_column_name_outside_the_rule_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new TableEntity("p", "r")[name] = 1);
        Assert.Throws<ArgumentException>(() => new TableColumns { { name, TableColumnKind.Text } });
    }

    [Fact]
    public void A_column_name_has_at_most_255_characters()
    {
        Assert.Single(new TableEntity("p", "r") { [new('A', 255)] = 1 }.Columns);
        Assert.Throws<ArgumentException>(() => new TableEntity("p", "r") { [new('A', 256)] = 1 });
    }

    [Fact]
    public void A_text_of_more_than_64_KiB_is_refused()
    {
        Assert.Single(new TableEntity("p", "r") { ["A"] = new string('x', 32_768) }.Columns);
        Assert.Contains("64 KiB", Refused(new string('x', 32_769)), StringComparison.Ordinal);
        Assert.Contains("well-formed", Refused("half a pair: " + '\uD83E'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_value_of_more_than_64_KiB_is_refused()
    {
        Assert.Single(new TableEntity("p", "r") { ["A"] = new byte[65_536] }.Columns);
        Assert.Contains("64 KiB", Refused(new byte[65_537]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instant_before_1601_is_refused()
    {
        var first = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Single(new TableEntity("p", "r") { ["A"] = first }.Columns);
        Assert.Contains("1601", Refused(first.AddTicks(-1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_252_columns_are_refused()
    {
        var row = new TableEntity("p", "r");
        for (var at = 0; at < 253; at++)
            row[$"A{at}"] = at;
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Table.InsertAsync(row, Cancelled));
        Assert.Contains("252", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TableBatch("p").Insert(row));
    }

    [Fact]
    public async Task A_row_of_more_than_a_mebibyte_is_refused()
    {
        // 4 + 2 keys + 15 texts of 64 KiB: room for 65 bytes less than a 16th would need.
        var row = new TableEntity("p", "r");
        for (var at = 0; at < 16; at++)
            row[$"A{at:D2}"] = new string('x', 32_768);
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Table.UpsertMergeAsync(row, Cancelled));
        Assert.Contains("1 MiB", failure.Message, StringComparison.Ordinal);
        row["A15"] = new string('x', 32_600);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Table.UpsertMergeAsync(row, Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void More_than_1000_rows_in_an_answer_are_refused(int top) => Assert.Contains(
        "1000", Assert.Throws<ArgumentException>(() => Table.QueryAsync(new() { Top = top }, [], Cancelled)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_query_selects_only_what_its_reader_knows() => Assert.Throws<ArgumentException>(
        () => Table.QueryAsync(new() { Select = ["A,B"] }, [], Cancelled));

    private static string Refused(TableValue value) =>
        Assert.Throws<ArgumentException>(() => new TableEntity("p", "r") { ["A"] = value }).Message;
}
