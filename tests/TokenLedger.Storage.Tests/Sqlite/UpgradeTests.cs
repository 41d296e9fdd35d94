using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Days;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class UpgradeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_ledger_of_version_1_keeps_its_rows_and_gets_the_new_tables()
    {
        var path = folder.Path("ledger.db");
        LedgerOfVersion1.Create(path);

        await using var store = new SqliteLedgerStore(path);

        await AssertUpgradedAsync(store, path);
        Assert.True(await new SqliteDayLedger(path).StoreAsync(SomeDay.Of(), Token));
        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h2"), Token));
        Assert.Equal(4, (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Revision);
    }

    [Fact]
    public async Task An_upgraded_ledger_has_the_tables_of_a_new_one()
    {
        LedgerOfVersion1.Create(folder.Path("old.db"));
        await using var upgraded = new SqliteLedgerStore(folder.Path("old.db"));
        await using var made = new SqliteLedgerStore(folder.Path("new.db"));

        var expected = Schema(folder.Path("new.db"));

        Assert.Contains("CREATE TABLE settlements", expected);
        Assert.Equal(expected, Schema(folder.Path("old.db")));
    }

    [Fact]
    public async Task Several_processes_may_upgrade_or_make_a_ledger_at_once()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var old = folder.Path($"old{turn}.db");
            LedgerOfVersion1.Create(old);
            var made = folder.Path($"new{turn}.db");

            await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => new[] { old, made })
                .Select(path => Task.Run(() => new SqliteLedgerStore(path), Token)));

            await using var store = new SqliteLedgerStore(old);
            await AssertUpgradedAsync(store, old);
            Assert.Equal(Schema(made), Schema(old));
        }
    }

    private static async Task AssertUpgradedAsync(SqliteLedgerStore store, string path)
    {
        var run = Assert.Single(await store.ReadRunAsync(RunKey.PublicHost, 7, Token));
        Assert.Equal(0.7817660000001m, run.Report.ProxyReportedAiCredits);
        Assert.Equal(new TokenCounts(1, 2, 3, 4, 5, 1), Assert.Single(run.Slices).Tokens);
        Assert.Single(await store.ReadProblemsAsync(Token).ToListAsync(Token));
        var found = (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!;
        Assert.Equal((3, "h1", 0), (found.Revision, found.InputHash, found.ChangedDays.Count));
        Assert.Equal((null, null), (run.Facts.HeadBranch, run.Facts.Issue));
        Assert.Equal("5", Text(path, "SELECT CAST(user_version AS TEXT) FROM pragma_user_version"));
    }

    private static string Schema(string path) =>
        Text(path, "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)");

    private static string Text(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (string)command.ExecuteScalar()!;
    }
}
