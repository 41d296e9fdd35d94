using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class RecordsContract(IStorageUnderTest storage) : StorageContract(storage)
{
    private static readonly RecordTable Table = new("samples",
    [
        new("text", RecordColumnKind.Text), new("long", RecordColumnKind.LongText),
        new("number", RecordColumnKind.Number), new("count", RecordColumnKind.Integer),
        new("money", RecordColumnKind.NanoCredits), new("flag", RecordColumnKind.Flag),
        new("day", RecordColumnKind.Day), new("at", RecordColumnKind.Time),
    ]);

    private static readonly RecordTable Other = new("others", [new("text", RecordColumnKind.Text)]);

    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task Every_kind_of_column_comes_back_exactly_and_unknown_stays_unknown()
    {
        var records = await OpenAsync();
        var full = new RecordRow(Table, "2026-11", "full")
            .Set("text", "t").Set("long", string.Concat(Enumerable.Repeat("漢🚀\"\\", 39_000)))
            .Set("number", -79228162514264337593543950335m).Set("count", long.MinValue)
            .Set("money", 123_456_789_012_345_678L).Set("flag", true).Set("day", new DateOnly(2026, 2, 28))
            .Set("at", new DateTimeOffset(2026, 11, 27, 23, 59, 59, TimeSpan.FromHours(2)).AddTicks(1));
        var zero = new RecordRow(Table, "2026-11", "zero")
            .Set("text", "").Set("long", "").Set("number", 0.0000000000000000000000000001m).Set("count", 0L)
            .Set("money", 0L).Set("flag", false);
        var empty = new RecordRow(Table, "2026-11", "empty");

        await records.PutAsync([full, zero, empty], Token);

        var read = await (await OpenAsync()).ReadPartitionAsync(Table, "2026-11", Token).ToListAsync(Token);
        Assert.Equal(["empty", "full", "zero"], read.Select(record => record.Row.RowKey));
        AssertSame(empty, read[0].Row);
        AssertSame(full, read[1].Row);
        AssertSame(zero, read[2].Row);
    }

    [Fact]
    public async Task What_was_never_written_is_not_there_in_any_table()
    {
        var records = await OpenAsync();
        await records.PutAsync([new RecordRow(Other, "p", "r").Set("text", "other")], Token);

        Assert.Null(await records.FindAsync(Table, "p", "r", Token));
        Assert.Empty(await records.ReadAsync(Table, null, null, Token).ToListAsync(Token));
        Assert.Equal("other", (await records.FindAsync(Other, "p", "r", Token))!.Row.Text("text"));
        await Assert.ThrowsAsync<ArgumentException>(
            () => records.FindAsync(new RecordTable("strangers", []), "p", "r", Token));
    }

    [Fact]
    public async Task Rows_are_read_by_range_of_partitions_in_ordinal_order_of_both_keys()
    {
        var records = await OpenAsync();
        string[] keys =
        [
            "2026-10|b", "2026-11|a", "2026-11|a/b", "2026-11|a-b", "2026-11|a.b", "2026-11|A", "2026-11|ä",
            "2026-11|a|b", "2026-12|a",
        ];
        await records.PutAsync(
            [.. keys.SelectMany(key => new[] { "r/1", "r-1", "R" }.Select(row => new RecordRow(Table, key, row)))],
            Token);

        var read = await records.ReadAsync(Table, "2026-11", "2026-12", Token)
            .Select(record => (record.Row.PartitionKey, record.Row.RowKey)).ToListAsync(Token);

        Assert.Equal(
            keys[1..^1].Order(StringComparer.Ordinal).SelectMany(key => new[] { "R", "r-1", "r/1" }.Select(
                row => (key, row))),
            read);
        Assert.Equal(keys.Length * 3, await records.ReadAsync(Table, null, null, Token).CountAsync(Token));
        Assert.Equal(
            3, await records.ReadAsync(Table, "2026-11|ä", "2026-12", Token).CountAsync(Token));
        Assert.Equal(3, await records.ReadAsync(Table, null, "2026-11", Token).CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Keys_and_texts_may_be_anything(string text)
    {
        var records = await OpenAsync();
        var row = new RecordRow(Table, text, text).Set("text", text).Set("long", text);
        await records.PutAsync([row, new RecordRow(Table, "p", text), new RecordRow(Table, text, "r")], Token);

        AssertSame(row, (await records.FindAsync(Table, text, text, Token))!.Row);
        Assert.Equal(2, await records.ReadPartitionAsync(Table, text, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_or_after_300_characters_are_different_rows()
    {
        var records = await OpenAsync();
        var (one, other) = Hostile.LongTwins;
        await records.PutAsync(
            [.. new[] { "a", "A", one, other }.Select(key => new RecordRow(Table, key, key).Set("text", key))], Token);

        foreach (var key in new[] { "a", "A", one, other })
            Assert.Equal(key, (await records.FindAsync(Table, key, key, Token))!.Row.Text("text"));
    }

    [Fact]
    public async Task A_row_that_is_put_again_is_replaced_whole()
    {
        var records = await OpenAsync();
        await records.PutAsync([new RecordRow(Table, "p", "r").Set("count", 1L).Set("text", "gone")], Token);
        var again = new RecordRow(Table, "p", "r").Set("count", 2L);

        await records.PutAsync([new RecordRow(Table, "p", "r").Set("count", 9L), again], Token);

        AssertSame(again, (await records.FindAsync(Table, "p", "r", Token))!.Row);
    }

    [Fact]
    public async Task Only_who_read_the_present_version_replaces_it()
    {
        var records = await OpenAsync();
        var first = await records.ReplaceAsync(new RecordRow(Table, "p", "r").Set("count", 1L), null, Token);
        Assert.NotNull(first);
        Assert.Null(await records.ReplaceAsync(new RecordRow(Table, "p", "r").Set("count", 2L), null, Token));
        var second = await records.ReplaceAsync(new RecordRow(Table, "p", "r").Set("count", 3L), first, Token);
        Assert.NotNull(second);

        Assert.Null(await records.ReplaceAsync(new RecordRow(Table, "p", "r").Set("count", 4L), first, Token));
        Assert.Null(await records.ReplaceAsync(new RecordRow(Table, "p", "gone").Set("count", 4L), first, Token));
        var read = (await records.FindAsync(Table, "p", "r", Token))!;
        Assert.Equal((3L, second), (read.Row.Integer("count"), read.Version));
    }

    [Fact]
    public async Task A_version_never_comes_again_not_even_of_a_row_that_was_removed()
    {
        var records = await OpenAsync();
        var row = new RecordRow(Table, "p", "r").Set("count", 1L);
        var first = (await records.ReplaceAsync(row, null, Token))!;

        Assert.True(await records.RemoveAsync(Table, "p", "r", first, Token));
        Assert.True(await records.RemoveAsync(Table, "p", "r", first, Token));
        var again = (await records.ReplaceAsync(row, null, Token))!;

        Assert.NotEqual(first, again);
        Assert.False(await records.RemoveAsync(Table, "p", "r", first, Token));
        Assert.Null(await records.ReplaceAsync(row, first, Token));
        await records.PutAsync([row], Token);
        Assert.Null(await records.ReplaceAsync(row, again, Token));
    }

    [Fact]
    public async Task Of_twenty_who_count_at_once_no_step_is_lost()
    {
        async Task CountAsync()
        {
            var own = await OpenAsync();
            for (var tries = 0; tries < 1_000; tries++)
            {
                var known = await own.FindAsync(Table, "p", "r", Token);
                var next = new RecordRow(Table, "p", "r").Set("count", (known?.Row.Integer("count") ?? 0) + 1);
                if (await own.ReplaceAsync(next, known?.Version, Token) is not null)
                    return;
            }

            Assert.Fail("A step was never taken.");
        }

        await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(CountAsync, Token)));

        Assert.Equal(20, (await (await OpenAsync()).FindAsync(Table, "p", "r", Token))!.Row.Integer("count"));
    }

    [Fact]
    public async Task A_column_that_is_declared_later_is_unknown_in_older_rows()
    {
        var older = new RecordTable("samples", [.. Table.Columns.Where(column => column.Name is not ("day" or "number"))]);
        await (await Storage.OpenRecordsAsync([older])).PutAsync(
            [new RecordRow(older, "p", "r").Set("count", 1L)], Token);

        var records = await OpenAsync();

        AssertSame(
            new RecordRow(Table, "p", "r").Set("count", 1L), (await records.FindAsync(Table, "p", "r", Token))!.Row);
        await records.PutAsync([new RecordRow(Table, "p", "r").Set("number", 1m)], Token);
        Assert.Null((await (await Storage.OpenRecordsAsync([older])).FindAsync(older, "p", "r", Token))!.Row.Integer("count"));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_each_row_old_or_new()
    {
        var records = await OpenAsync();
        var rows = Enumerable.Range(0, 5).Select(at => new RecordRow(Table, $"p{at}", "r")).ToList();
        await records.PutAsync([.. rows.Select(row => new RecordRow(Table, row.PartitionKey, "r").Set("text", "old"))], Token);

        var writes = await KillAtEveryWriteAsync(
            _ => records.PutAsync([.. rows.Select(row => row.Set("text", "new").Set("count", 1L))], Token),
            async _ => Assert.All(
                await records.ReadAsync(Table, null, null, Token).ToListAsync(Token),
                record => Assert.Contains(
                    (record.Row.Text("text"), record.Row.Integer("count")),
                    new (string?, long?)[] { ("old", null), ("new", 1L) })));

        Assert.True(writes >= 1);
        Assert.Equal(
            5, await records.ReadAsync(Table, null, null, Token).CountAsync(record => record.Row.Text("text") == "new", Token));
    }

    private ValueTask<IRecords> OpenAsync() => Storage.OpenRecordsAsync([Table, Other]);

    private static void AssertSame(RecordRow expected, RecordRow actual)
    {
        Assert.Equal((expected.PartitionKey, expected.RowKey), (actual.PartitionKey, actual.RowKey));
        Assert.All(expected.Table.Columns, column => Assert.Equal(expected[column.Name], actual[column.Name]));
    }
}
