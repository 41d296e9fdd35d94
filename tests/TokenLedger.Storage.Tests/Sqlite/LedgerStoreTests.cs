using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class LedgerStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_the_run_as_it_was()
    {
        var path = folder.Path("killed.db");
        await using (var store = new SqliteLedgerStore(path))
            await store.StoreRunAsync(Some.Run(), Token);
        var before = await DumpAsync(path);
        for (var write = 1; ; write++)
        {
            var left = write;
            var completed = true;
            await using (
                var store = new SqliteLedgerStore(path, () => _ = --left == 0 ? throw new KilledException() : 0))
            {
                try
                {
                    await store.StoreRunAsync(Some.Run(hash: "h2", slices: 4), Token);
                }
                catch (KilledException)
                {
                    completed = false;
                }
            }

            if (completed)
            {
                // Two lists of changed days, one delete, two attempts, four slices, one problem, one commit.
                Assert.Equal(12, write);
                break;
            }

            Assert.Equal(before, await DumpAsync(path));
        }

        Assert.NotEqual(before, await DumpAsync(path));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_no_half_look()
    {
        var path = folder.Path("killed.db");
        for (var write = 1; write <= 4; write++)
        {
            var left = write;
            await using var store =
                new SqliteLedgerStore(path, () => _ = --left == 0 ? throw new KilledException() : 0);
            await Assert.ThrowsAsync<KilledException>(() => store.StoreObservationAsync(Some.Look(), Token));
            Assert.Empty(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));
        }
    }

    [Fact]
    public async Task Two_writers_and_a_reader_use_one_ledger_at_once()
    {
        var path = folder.Path("shared.db");
        await using var one = new SqliteLedgerStore(path);
        await using var two = new SqliteLedgerStore(path);
        async Task WriteAsync(SqliteLedgerStore store, long first)
        {
            for (var run = first; run < first + 20; run++)
                await store.StoreRunAsync(Some.Run(run), Token);
        }

        await Task.WhenAll(Task.Run(() => WriteAsync(one, 1), Token), Task.Run(() => WriteAsync(two, 11), Token));

        Assert.Equal(30 * 2, await one.ReadRunsAsync(null, null, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_walk_sees_one_state_while_another_process_writes()
    {
        var path = folder.Path("walk.db");
        await using var store = new SqliteLedgerStore(path);
        await store.StoreRunAsync(Some.Run(1), Token);
        await store.StoreRunAsync(Some.Run(2), Token);
        var seen = 0;
        await foreach (var run in store.ReadRunsAsync(null, null, Token))
        {
            await store.StoreRunAsync(Some.Run(2, hash: "h2", slices: 0), Token);
            seen += run.Slices.Count;
        }

        Assert.Equal(4, seen);
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_refused_and_left_alone()
    {
        var text = folder.Path("notes.txt");
        File.WriteAllText(text, new string('x', 5000));
        var database = folder.Path("other.db");
        Execute(database, "CREATE TABLE mine (a TEXT)");

        Assert.Contains("no ledger", Assert.Throws<LedgerUnusableException>(() => new SqliteLedgerStore(text)).Message);
        Assert.Contains("no ledger",
            Assert.Throws<LedgerUnusableException>(() => new SqliteLedgerStore(database)).Message);
        Assert.Equal(new string('x', 5000), File.ReadAllText(text));
    }

    [Fact]
    public async Task A_ledger_of_a_newer_version_is_refused()
    {
        var path = folder.Path("newer.db");
        await using (var store = new SqliteLedgerStore(path))
            await store.StoreRunAsync(Some.Run(), Token);
        Execute(path, "PRAGMA user_version=99");

        Assert.Contains("upgrade", Assert.Throws<LedgerUnusableException>(() => new SqliteLedgerStore(path)).Message);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
        SqliteConnection.ClearPool(connection);
    }

    private static async Task<string> DumpAsync(string path)
    {
        await using var store = new SqliteLedgerStore(path);
        var runs = await store.ReadRunsAsync(null, null, Token).ToListAsync(Token);
        var problems = await store.ReadProblemsAsync(Token).CountAsync(Token);
        return string.Join('\n',
            runs.SelectMany(run => run.Slices.Select(slice => slice.ToString()).Prepend(run.Facts.ToString())))
            + problems + await store.FindRunAsync(RunKey.PublicHost, 7, Token);
    }

    private SqliteLedgerStore Open() => new(folder.Path("ledger.db"));
}
