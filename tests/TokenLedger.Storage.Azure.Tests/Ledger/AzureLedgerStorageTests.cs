using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Archive;
using TokenLedger.Storage.Azure.Ledger;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tests.Fakes;
using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

public sealed class AzureLedgerStorageTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opening_creates_what_is_missing_and_opening_again_changes_nothing()
    {
        var names = new LedgerNames(UniqueName.Next("t"));
        var first = await AzureLedgerStorage.OpenAsync(azurite.Storage(), names, Token);
        await first.Days.StoreAsync(SomeDay.Of(), Token);

        var again = await AzureLedgerStorage.OpenAsync(azurite.Storage(), names, Token);

        Assert.NotNull(await again.Days.FindAsync(Some.Account, Some.Day, Token));
    }

    [Fact]
    public async Task What_is_missing_is_named_and_not_made()
    {
        var names = new LedgerNames(UniqueName.Next("t"));
        var nothing = AzureLedgerStorage.Connect(azurite.Storage(), names);

        var missing = await nothing.FindMissingAsync(Token);

        string[] some = ["table runs", "table checkpoints", "container run-logs", "queue collect-run-poison"];
        Assert.All(some, name => Assert.Contains(name, missing));
        Assert.Equal(missing, await nothing.FindMissingAsync(Token));
        Assert.Empty(await (await AzureLedgerStorage.OpenAsync(azurite.Storage(), names, Token)).FindMissingAsync(Token));
    }

    [Fact]
    public async Task Settings_name_the_account()
    {
        await using var storage = await AzureLedgerStorage.OpenAsync(
            new StorageAccountSettings { ConnectionString = azurite.ConnectionString }, TimeProvider.System, Token);

        Assert.Null(await storage.Checkpoints.FindAsync(UniqueName.Next("c"), Token));
    }

    [Fact]
    public async Task Settings_that_name_no_account_are_told_without_their_values()
    {
        var refused = await Assert.ThrowsAsync<LedgerUnusableException>(() => AzureLedgerStorage.OpenAsync(
            new StorageAccountSettings { ConnectionString = "AccountKey=" + FakeAccount.Key }, TimeProvider.System, Token));

        Assert.DoesNotContain(FakeAccount.Key, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_fails_says_so_without_a_secret()
    {
        var transport = new FakeTransport(
            [.. Enumerable.Range(0, 9).Select(_ => new FakeResponse(403, "", ("x-ms-error-code", "AuthorizationFailure")))]);
        var storage = AzureLedgerStorage.Connect(FakeAccount.WithKey(transport), new LedgerNames(""));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => storage.Store.StoreRunAsync(Some.Run(), Token));

        Assert.Contains("AuthorizationFailure", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAccount.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_or_queue_is_named()
    {
        var nowhere = AzureLedgerStorage.Connect(azurite.Storage(), new LedgerNames(UniqueName.Next("t")));

        var table = await Assert.ThrowsAsync<LedgerUnusableException>(
            () => nowhere.Store.StoreRunAsync(Some.Run(), Token));
        var queue = await Assert.ThrowsAsync<LedgerUnusableException>(
            () => nowhere.Queue.EnqueueAsync(new ReconcileDayMessage(Some.Day), TimeSpan.Zero, Token));

        Assert.Contains("runs", table.Message, StringComparison.Ordinal);
        Assert.Contains("reconcile-day", queue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depths_are_told_of_every_queue_and_its_poison_queue_in_order()
    {
        var storage = await new AzureStorageUnderTest(azurite).OpenAsync();
        await storage.Queue.EnqueueAsync(new ReconcileDayMessage(Some.Day), TimeSpan.FromHours(1), Token);

        var depths = await storage.QueueDepths.ReadDepthsAsync(Token);

        Assert.Equal(
            [
                ("collect-run", 0), ("collect-run-poison", 0), ("evaluate-budgets", 0), ("evaluate-budgets-poison", 0),
                ("export-report", 0), ("export-report-poison", 0),
                ("log-uploaded", 0), ("log-uploaded-poison", 0),
                ("reconcile-day", 1), ("reconcile-day-poison", 0),
            ],
            depths.Select(depth => (depth.QueueName, depth.Messages)));
        Assert.All(depths, depth => Assert.Null(depth.OldestAge));
    }

    [Fact]
    public void Folders_of_killed_processes_are_removed_after_a_day_and_younger_ones_stay()
    {
        var parent = Directory.CreateTempSubdirectory("tokenledger-test-");
        var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        foreach (var (name, hours) in new[] { ("tokenledger-run-a", 25), ("tokenledger-run-b", 23), ("other", 99) })
        {
            var folder = parent.CreateSubdirectory(name);
            File.WriteAllText(Path.Combine(folder.FullName, "0"), "x");
            folder.LastWriteTimeUtc = now.UtcDateTime.AddHours(-hours);
        }

        TemporaryFolders.Sweep(parent.FullName, now);

        Assert.Equal(["other", "tokenledger-run-b"], parent.GetDirectories().Select(folder => folder.Name).Order());
        parent.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_000)]
    [InlineData(30_001)]
    [InlineData(200_000)]
    public void A_long_text_comes_back_whole(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(at => at % 2 == 0 ? "x" : "🚀"));

        var row = new LedgerRow("p", "r").AddLong("runs", text).ToEntity();

        Assert.Equal(text, LongText.Read(row, "runs"));
    }

    [Fact]
    public async Task A_run_with_an_absurdly_long_name_is_stored_with_what_fits()
    {
        var store = (await new AzureStorageUnderTest(azurite).OpenAsync()).Store;
        var run = Some.Run();
        var attempt = run.Attempts[0] with { Facts = run.Attempts[0].Facts with { Actor = new string('x', 100_000) } };

        Assert.NotNull(await store.StoreRunAsync(run with { Attempts = [attempt] }, Token));

        var read = Assert.Single(await store.ReadRunAsync("github.com", 7, Token));
        Assert.Equal(32_768, read.Facts.Actor!.Length);
    }

    [Fact]
    public async Task A_text_with_half_a_surrogate_pair_is_stored_with_a_replacement()
    {
        var alerts = (await new AzureStorageUnderTest(azurite).OpenAsync()).Alerts;

        await alerts.StoreAsync(new Alert("k", "s", "cut \ud83d", Some.Time, Some.Time, 1, IsOpen: true), Token);

        Assert.Equal("cut \ufffd", (await alerts.FindAsync("k", "s", Token))!.Message);
    }
}
