using Azure;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Tables;

public sealed class TableClientTests(AzuriteFixture azurite)
{
    private static readonly TableColumns Columns = new()
    {
        { "Text", TableColumnKind.Text },
        { "Int32", TableColumnKind.Int32 },
        { "Int64", TableColumnKind.Int64 },
        { "Boolean", TableColumnKind.Boolean },
        { "Double", TableColumnKind.Double },
        { "Instant", TableColumnKind.Instant },
        { "Binary", TableColumnKind.Binary },
        { "Guid", TableColumnKind.Guid },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_created_once()
    {
        var table = azurite.Storage().Table(UniqueName.Next("t"));
        Assert.Equal(StorageOutcome.Done, await table.CreateIfMissingAsync(Cancelled));
        Assert.Equal(StorageOutcome.AlreadyExists, await table.CreateIfMissingAsync(Cancelled));
    }

    [Fact]
    public async Task Every_kind_comes_back_as_it_was_written()
    {
        var table = await TableAsync();
        var instant = new DateTimeOffset(2026, 11, 22, 3, 25, 2, TimeSpan.Zero).AddTicks(2_273_148);
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        await table.InsertAsync(new("p", "r")
        {
            ["Text"] = "naïve <text> 'quoted' \"twice\" \\ \u0001 🦊",
            ["Int32"] = int.MinValue,
            ["Int64"] = 9_007_199_254_740_993,
            ["Boolean"] = true,
            ["Double"] = 3.0,
            ["Instant"] = instant,
            ["Binary"] = new byte[] { 0, 255, 7 },
            ["Guid"] = guid,
        }, Cancelled);

        var row = (await table.GetAsync("p", "r", Columns, Cancelled)).Value;
        Assert.Equal("naïve <text> 'quoted' \"twice\" \\ \u0001 🦊", row.Text("Text"));
        Assert.Equal(int.MinValue, row.Int32("Int32"));
        Assert.Equal(9_007_199_254_740_993, row.Int64("Int64"));
        Assert.True(row.Boolean("Boolean"));
        Assert.Equal(3.0, row.Double("Double"));
        Assert.Equal(instant, row.Instant("Instant"));
        Assert.Equal([0, 255, 7], row.Binary("Binary"));
        Assert.Equal(guid, row.Guid("Guid"));
        Assert.NotNull(row.ETag);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-17.0)]
    [InlineData(1e300)]
    [InlineData(double.Epsilon)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_double_keeps_its_type_and_every_digit(double value)
    {
        var table = await TableAsync();
        await table.InsertAsync(new("p", "r") { ["Double"] = value }, Cancelled);
        Assert.Equal(value, (await table.GetAsync("p", "r", Columns, Cancelled)).Value.Double("Double"));
        // Of another type the row would not be found. The emulator does not read literals with an exponent.
        if (Math.Abs(value) is > 0.01 and < 100)
            Assert.Single(await RowsAsync(table, TableFilter.Equal("Double", value)));
    }

    [Fact]
    public async Task A_column_that_was_left_out_reads_as_null()
    {
        var table = await TableAsync();
        await table.InsertAsync(new("p", "r") { ["Text"] = (string?)null, ["Int64"] = (long?)null }, Cancelled);
        var row = (await table.GetAsync("p", "r", Columns, Cancelled)).Value;
        Assert.Empty(row.Columns);
        Assert.Null(row.Int64("Int64"));
    }

    [Fact]
    public async Task A_column_is_of_the_kind_that_the_reader_says_or_it_is_an_error()
    {
        var table = await TableAsync();
        await table.InsertAsync(new("p", "r") { ["Text"] = "123", ["Int64"] = 123L, ["Double"] = 5_000_000_000.0 }, Cancelled);
        var asText = new TableColumns { { "Text", TableColumnKind.Text }, { "Int64", TableColumnKind.Text } };
        var row = (await table.GetAsync("p", "r", asText, Cancelled)).Value;
        Assert.Equal(("123", "123"), (row.Text("Text"), row.Text("Int64")));
        Assert.Throws<InvalidCastException>(() => row.Int64("Text"));
        var tooSmall = new TableColumns { { "Double", TableColumnKind.Int32 } };
        await Assert.ThrowsAsync<InvalidDataException>(() => table.GetAsync("p", "r", tooSmall, Cancelled));
    }

    [Theory]
    [InlineData("o'brien", "''")]
    [InlineData("100%", "%2F%25")]
    [InlineData("a b+c&d=e", "ключ 钥匙 🦊")]
    [InlineData("(PartitionKey='x',RowKey='y')", "$filter")]
    [InlineData("", "a|b:c;d,e")]
    [InlineData("e\u0301", "<&>\"{}[]^`~!@*")]
    public async Task Rows_with_strange_keys_can_be_written_read_queried_changed_and_deleted(string partition, string row)
    {
        var table = await TableAsync();
        Assert.True((await table.InsertAsync(new(partition, row) { ["Int32"] = 1 }, Cancelled)).IsDone);
        Assert.True((await table.MergeAsync(new(partition, row) { ["Text"] = "x" }, ETag.All, Cancelled)).IsDone);
        var read = (await table.GetAsync(partition, row, Columns, Cancelled)).Value;
        Assert.Equal((partition, row, 1, "x"), (read.PartitionKey, read.RowKey, read.Int32("Int32"), read.Text("Text")));
        Assert.Single(await RowsAsync(table, TableFilter.Partition(partition).And(TableFilter.Equal("RowKey", row))));
        Assert.Equal(StorageOutcome.Done, await table.DeleteAsync(partition, row, read.ETag!.Value, Cancelled));
    }

    [Fact]
    public async Task An_insert_does_not_overwrite()
    {
        var table = await TableAsync();
        Assert.True((await table.InsertAsync(new("p", "r") { ["Int32"] = 1 }, Cancelled)).IsDone);
        Assert.Equal(StorageOutcome.AlreadyExists, (await table.InsertAsync(new("p", "r") { ["Int32"] = 2 }, Cancelled)).Outcome);
        Assert.Equal(1, (await table.GetAsync("p", "r", Columns, Cancelled)).Value.Int32("Int32"));
    }

    [Fact]
    public async Task A_merge_keeps_other_columns_and_a_replacement_drops_them()
    {
        var table = await TableAsync();
        await table.UpsertMergeAsync(new("p", "r") { ["Int32"] = 1 }, Cancelled);
        await table.UpsertMergeAsync(new("p", "r") { ["Text"] = "x" }, Cancelled);
        Assert.Equal(2, (await table.GetAsync("p", "r", Columns, Cancelled)).Value.Columns.Count);
        await table.UpsertReplaceAsync(new("p", "r") { ["Text"] = "y" }, Cancelled);
        Assert.Equal(["Text"], (await table.GetAsync("p", "r", Columns, Cancelled)).Value.Columns.Keys);
    }

    [Fact]
    public async Task Of_two_writers_with_the_same_tag_one_wins()
    {
        var table = await TableAsync();
        var first = (await table.InsertAsync(new("p", "r") { ["Int32"] = 0 }, Cancelled)).Value;
        var second = await table.ReplaceAsync(new("p", "r") { ["Int32"] = 1 }, first, Cancelled);
        Assert.True(second.IsDone);
        Assert.Equal(StorageOutcome.ConditionNotMet, (await table.ReplaceAsync(new("p", "r"), first, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.ConditionNotMet, (await table.MergeAsync(new("p", "r"), first, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.ConditionNotMet, await table.DeleteAsync("p", "r", first, Cancelled));
        var read = (await table.GetAsync("p", "r", Columns, Cancelled)).Value;
        Assert.Equal(1, read.Int32("Int32"));
        Assert.Equal(second.Value, read.ETag);
        Assert.Equal(StorageOutcome.Done, await table.DeleteAsync("p", "r", second.Value, Cancelled));
    }

    [Fact]
    public async Task Counting_by_compare_and_set_loses_nothing()
    {
        var table = await TableAsync();
        await table.InsertAsync(new("p", "r") { ["Int64"] = 0L }, Cancelled);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CountOnAsync(table, 4)));
        Assert.Equal(20, (await table.GetAsync("p", "r", Columns, Cancelled)).Value.Int64("Int64"));
    }

    [Fact]
    public async Task What_is_missing_is_an_outcome()
    {
        var table = await TableAsync();
        Assert.Equal(StorageOutcome.NotFound, (await table.GetAsync("p", "r", Columns, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, (await table.MergeAsync(new("p", "r"), ETag.All, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, (await table.ReplaceAsync(new("p", "r"), ETag.All, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, await table.DeleteAsync("p", "r", ETag.All, Cancelled));
        var missing = azurite.Storage().Table(UniqueName.Next("t"));
        Assert.Equal(StorageOutcome.NotFound, (await missing.InsertAsync(new("p", "r"), Cancelled)).Outcome);
        Assert.Empty(await RowsAsync(missing, null));
        Assert.Throws<InvalidOperationException>(() => new StorageResult<int>(StorageOutcome.NotFound).Value);
    }

    [Fact]
    public async Task A_row_may_be_as_large_as_the_limits_say()
    {
        var table = await TableAsync();
        var row = new TableEntity(new('p', 512), new('r', 512)) { ["Text"] = new string('x', 32_768), ["Binary"] = new byte[65_536] };
        Assert.True((await table.InsertAsync(row, Cancelled)).IsDone);
        var read = (await table.GetAsync(row.PartitionKey, row.RowKey, Columns, Cancelled)).Value;
        Assert.Equal((32_768, 65_536), (read.Text("Text")!.Length, read.Binary("Binary")!.Length));
    }

    private async Task<TableClient> TableAsync()
    {
        var table = azurite.Storage().Table(UniqueName.Next("t"));
        await table.CreateIfMissingAsync(Cancelled);
        return table;
    }

    private static async Task CountOnAsync(TableClient table, int times)
    {
        // Each round somebody wins, so 5 × 4 rounds are enough.
        for (var round = 0; times > 0 && round < 20; round++)
        {
            var read = (await table.GetAsync("p", "r", Columns, Cancelled)).Value;
            var next = new TableEntity("p", "r") { ["Int64"] = read.Int64("Int64") + 1 };
            if ((await table.ReplaceAsync(next, read.ETag!.Value, Cancelled)).IsDone)
                times--;
        }

        Assert.Equal(0, times);
    }

    private static async Task<List<TableEntity>> RowsAsync(TableClient table, TableFilter? filter) =>
        await table.QueryAsync(new() { Filter = filter }, Columns, Cancelled).ToListAsync(Cancelled);
}
