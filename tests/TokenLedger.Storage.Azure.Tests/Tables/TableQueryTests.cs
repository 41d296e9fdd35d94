using System.Globalization;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Azure.Tests.Fakes;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Tables;

public sealed class TableQueryTests(AzuriteFixture azurite)
{
    private static readonly TableColumns Columns = new()
    {
        { "Number", TableColumnKind.Int64 },
        { "Name", TableColumnKind.Text },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_walk_goes_on_beyond_a_thousand_rows()
    {
        var table = await TableAsync(1_250);
        var rows = await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(Enumerable.Range(0, 1_250).Select(at => (long?)at), rows.Select(row => row.Int64("Number")));
        Assert.Equal(rows.Select(row => row.RowKey).Order(StringComparer.Ordinal), rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task Small_pages_give_the_same_rows_and_strange_keys_are_continued_from()
    {
        var table = await TableAsync(0);
        string[] keys = ["a b", "c%d", "e'f", "g+h", "i&j", "k=l", "ключ", "钥匙"];
        foreach (var key in keys)
            await table.InsertAsync(new("o'b %+&=й", key), Cancelled);
        var rows = await table.QueryAsync(new() { Top = 1 }, Columns, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(keys.Order(StringComparer.Ordinal), rows.Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_walk_ends_after_as_many_rows_as_were_asked_for()
    {
        var table = await TableAsync(30);
        var rows = await table.QueryAsync(new() { Top = 10, RowsMax = 25 }, Columns, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(25, rows.Count);
    }

    [Fact]
    public async Task A_walk_that_never_ends_is_broken_off()
    {
        var table = await TableAsync(4);
        var walk = table.QueryAsync(new() { Top = 1, PagesMax = 3 }, Columns, Cancelled);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await walk.ToListAsync(Cancelled));
        Assert.Contains("3 answers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_selected_columns_are_sent()
    {
        var table = await TableAsync(1);
        var row = Assert.Single(await table.QueryAsync(new() { Select = ["Name"] }, Columns, Cancelled).ToListAsync(Cancelled));
        Assert.Equal(["Name"], row.Columns.Keys);
        Assert.Null(row.ETag);
    }

    [Fact]
    public async Task Tags_are_those_of_the_rows_when_they_are_asked_for()
    {
        var table = await TableAsync(3);
        var rows = await table.QueryAsync(new() { WithETags = true }, Columns, Cancelled).ToListAsync(Cancelled);
        foreach (var row in rows)
        {
            Assert.Equal((await table.GetAsync(row.PartitionKey, row.RowKey, Columns, Cancelled)).Value.ETag, row.ETag);
            Assert.True((await table.ReplaceAsync(row, row.ETag!.Value, Cancelled)).IsDone);
        }
    }

    [Fact]
    public async Task Filters_mean_what_they_say()
    {
        var table = await TableAsync(20);
        Assert.Equal([7L], await NumbersAsync(table, TableFilter.Equal("Number", 7L)));
        Assert.Equal([0L, 1L], await NumbersAsync(table, TableFilter.Less("Number", 2L)));
        Assert.Equal([0L, 1L, 2L], await NumbersAsync(table, TableFilter.LessOrEqual("Number", 2L)));
        Assert.Equal([19L], await NumbersAsync(table, TableFilter.Greater("Number", 18L)));
        Assert.Equal([18L, 19L], await NumbersAsync(table, TableFilter.GreaterOrEqual("Number", 18L)));
        Assert.Equal(19, (await NumbersAsync(table, TableFilter.NotEqual("Number", 3L))).Count);
        Assert.Equal([3L, 5L], await NumbersAsync(table, TableFilter.Equal("Number", 3L).Or(TableFilter.Equal("Number", 5L))));
        Assert.Equal([19L], await NumbersAsync(table, TableFilter.Less("Number", 19L).Not()));
        Assert.Equal([10L, 11L], await NumbersAsync(table, TableFilter.Range("RowKey", "00010", "00012")));
        Assert.Equal(10, (await NumbersAsync(table, TableFilter.Prefix("RowKey", "0001"))).Count);
        Assert.Equal([4L], await NumbersAsync(table, TableFilter.Equal("Name", "o'brien 4")));
        Assert.Empty(await NumbersAsync(table, TableFilter.Partition("p' or RowKey ne '")));
    }

    [Fact]
    public async Task Every_kind_can_be_compared_with()
    {
        var table = await TableAsync(0);
        var instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1);
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var row = new TableEntity("p", "r")
        {
            ["A"] = 5,
            ["B"] = 9_007_199_254_740_993,
            ["C"] = true,
            ["D"] = 2.0,
            ["E"] = instant,
            ["F"] = guid,
            ["G"] = new byte[] { 1, 171 },
        };
        await table.InsertAsync(row, Cancelled);
        foreach (var (name, value) in row.Columns)
            Assert.Single(await table.QueryAsync(new() { Filter = TableFilter.Equal(name, value) }, [], Cancelled).ToListAsync(Cancelled));
        Assert.Empty(await NumbersAsync(table, TableFilter.Equal("E", instant.AddSeconds(1))));
    }

    [Fact]
    public async Task An_empty_page_with_a_continuation_is_not_the_end()
    {
        var transport = new FakeTransport(
            new(200, """{"value":[]}""",
                ("x-ms-continuation-NextPartitionKey", "1!8!cC9x&="), ("x-ms-continuation-NextRowKey", "1!4!%27")),
            new(200, """{"value":[{"PartitionKey":"p","RowKey":"r","Number":"5"}]}""", ("x-ms-continuation-NextPartitionKey", "z")),
            new FakeResponse(200, """{"value":[]}"""));
        var table = FakeAccount.WithKey(transport).Table("runs");
        var row = Assert.Single(await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled));
        Assert.Equal(5, row.Int64("Number"));
        Assert.Equal(3, transport.Sent.Count);
        Assert.Equal("?NextPartitionKey=1%218%21cC9x%26%3D&NextRowKey=1%214%21%2527", transport.Sent[1].Address.Query);
        Assert.Equal("?NextPartitionKey=z", transport.Sent[2].Address.Query);
    }

    private async Task<TableClient> TableAsync(int rows)
    {
        var table = azurite.Storage().Table(UniqueName.Next("t"));
        await table.CreateIfMissingAsync(Cancelled);
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(100))
        {
            var batch = new TableBatch("p");
            foreach (var at in chunk)
                batch.Insert(new("p", at.ToString("D5", CultureInfo.InvariantCulture)) { ["Number"] = (long)at, ["Name"] = $"o'brien {at}" });
            Assert.Equal(TokenLedger.Storage.Azure.Requests.StorageOutcome.Done, (await table.SubmitAsync(batch, Cancelled)).Outcome);
        }

        return table;
    }

    private static async Task<List<long?>> NumbersAsync(TableClient table, TableFilter filter) =>
        [.. (await table.QueryAsync(new() { Filter = filter }, Columns, Cancelled).ToListAsync(Cancelled)).Select(row => row.Int64("Number"))];
}
