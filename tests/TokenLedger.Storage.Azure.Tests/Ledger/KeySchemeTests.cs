using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>The keys that <c>src/README.md</c> promises: whoever reads the tables past the ledger relies on them.</summary>
public sealed class KeySchemeTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private const string Digest = "[0-9a-f]{32}";

    private readonly AzureStorageUnderTest place = new(azurite);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Runs_lie_under_their_days()
    {
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(Some.Run(19_876_543_210, slices: 1), Token);
        await store.StoreBillProblemsAsync("bills/1/a.csv", Some.Run().Problems, Token);
        const string Run = @"2026-09-14\|github\.com\|0000000019876543210";

        await AssertKeysAsync(
            "runs",
            $@"{Run} / 0000000001-{Digest}\|0000000001", $@"{Run} / 0000000001-{Digest}\|0000000002");
        await AssertKeysAsync("runusage", $@"{Run} / 0000000001-{Digest}\|0000000001\|0000000000");
        await AssertKeysAsync("runindex", @"github\.com\|0000000019 / 0000000019876543210");
        await AssertKeysAsync(
            "rejectedlines",
            $@"{Run} / 0000000001-{Digest}\|0000000000",
            $@"bill\|bills%2F1%2Fa\.csv / 0000000001-{Digest}\|0000000000",
            @"bill\|bills%2F1%2Fa\.csv / head");
    }

    [Fact]
    public async Task Bills_and_days_lie_under_their_days_and_accounts()
    {
        var storage = await place.OpenAsync();
        await storage.Store.StoreObservationAsync(Some.Look(), Token);
        await storage.Days.StoreAsync(SomeDay.Unknown(), Token);
        await storage.Days.StoreAsync(SomeDay.Of(shares: 2), Token);
        const string Day = @"2026-09-14\|github:organization:acme";

        await AssertKeysAsync(
            "observations", $@"{Day} / 0000000000\|{Digest}\|2026-09-15T06:00:00\.0000000Z\|{Digest}");
        await AssertKeysAsync(
            "charges", $@"{Day}\|{Digest} / 0000000000", $@"{Day}\|{Digest} / 0000000001");
        await AssertKeysAsync("settlements", "2026-09-14 / github:organization:acme");
        await AssertKeysAsync(
            "shares", $@"{Day} / 0000000002-{Digest}\|0000000000", $@"{Day} / 0000000002-{Digest}\|0000000001");
        await AssertKeysAsync(
            "unallocated",
            $@"{Day} / 0000000002-{Digest}\|0000000000", $@"{Day} / 0000000002-{Digest}\|0000000001",
            $@"{Day} / 0000000002-{Digest}\|0000000002");
        await AssertKeysAsync(
            "dailycosts", $@"{Day} / 0000000002\|0000000000", $@"{Day} / 0000000002\|0000000001");
    }

    [Fact]
    public async Task Marks_alerts_and_deliveries_lie_under_their_names()
    {
        var storage = await place.OpenAsync();
        await storage.Checkpoints.SetAsync(new Checkpoint("poll/github", Some.Time), Token);
        await storage.Alerts.StoreAsync(new Alert("kind", "a/b", "", Some.Time, Some.Time, 1, IsOpen: true), Token);
        await storage.Deliveries.ClaimAsync(PortDump.Delivery, Some.Time, Token);

        await AssertKeysAsync("checkpoints", "checkpoint / poll%2Fgithub");
        await AssertKeysAsync("alerts", "kind / a%2Fb");
        await AssertKeysAsync("deliveries", $"[0-9a-f]{{2}} / {PortDump.Delivery}");
    }

    [Fact]
    public async Task What_is_unknown_is_left_out_and_named()
    {
        var storage = await place.OpenAsync();
        await storage.Days.StoreAsync(SomeDay.Unknown(), Token);
        var columns = new TableColumns
        {
            { "unknownfields", TableColumnKind.Text }, { "runs", TableColumnKind.Int32 },
            { "billedgrossnanocredits", TableColumnKind.Int64 }, { "billedgrossusdchart", TableColumnKind.Double },
        };

        var row = Assert.Single(await RowsAsync("dailycosts", columns));

        Assert.Equal(0, row.Int32("runs"));
        Assert.Null(row.Int64("billedgrossnanocredits"));
        Assert.Null(row.Double("billedgrossusdchart"));
        Assert.Equal(
            "billedgrossnanocredits,billedgrossusdchart,billednetnanocredits,billednetusdchart,estimatedaicredits,"
            + "estimatedaicreditschart,model,repository,unallocatedreason,workflowname,workflowpath",
            row.Text("unknownfields"));
    }

    [Fact]
    public async Task A_later_store_removes_what_a_killed_one_left()
    {
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(Some.Run(slices: 3), Token);
        place.Watch.Restart(callsAllowed: 4);
        await Assert.ThrowsAsync<KilledException>(() => store.StoreRunAsync(Some.Run(hash: "lost", slices: 2), Token));
        place.Watch.Restart();
        Assert.NotEqual(2, (await RowsAsync("runs", [])).Count);

        await store.StoreRunAsync(Some.Run(hash: "h2", slices: 1), Token);

        Assert.Equal(2, (await RowsAsync("runs", [])).Count);
        Assert.Single(await RowsAsync("runusage", []));
        Assert.Single(await RowsAsync("rejectedlines", []));
    }

    private async Task AssertKeysAsync(string table, params string[] expected)
    {
        var keys = (await RowsAsync(table, [])).ConvertAll(row => $"{row.PartitionKey} / {row.RowKey}");
        Assert.Equal(expected.Length, keys.Count);
        for (var at = 0; at < expected.Length; at++)
            Assert.Matches($"^{expected[at]}$", keys[at]);
    }

    private async Task<List<TableEntity>> RowsAsync(string table, TableColumns columns) =>
        await place.Services().Table(place.NameOf(table)).QueryAsync(new TableQuery(), columns, Token).ToListAsync(Token);
}
