using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Storage.Tests;

public sealed class LedgerStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_comes_back_as_it_was_stored()
    {
        await using var store = Open();
        var run = Some.Run();

        Assert.True(await store.StoreRunAsync(run, Token));

        var read = await store.ReadRunsAsync(null, null, Token).ToListAsync(Token);
        Assert.Equal(run.Attempts.Select(attempt => attempt.Facts), read.Select(attempt => attempt.Facts));
        Assert.Equal(run.Attempts.Select(attempt => attempt.Report), read.Select(attempt => attempt.Report));
        Assert.Equal(run.Attempts[0].Slices, read[0].Slices);
        Assert.Equal(run.Attempts[0].Warnings, read[0].Warnings);
        Assert.Empty(read[1].Slices);
        Assert.Equal(run.Problems, await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task The_same_input_writes_nothing_and_another_replaces_every_row()
    {
        await using var store = Open();
        await store.StoreRunAsync(Some.Run(slices: 3), Token);

        Assert.False(await store.StoreRunAsync(Some.Run(slices: 9), Token));
        Assert.Equal(1, (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Revision);
        Assert.True(await store.StoreRunAsync(Some.Run(hash: "h2", slices: 1), Token));

        Assert.Equal(2, (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Revision);
        var read = await store.ReadRunsAsync(null, null, Token).ToListAsync(Token);
        Assert.Equal(1, read.Sum(run => run.Slices.Count));
        Assert.Single(await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("2026-09-13", "2026-09-14", 0)]
    [InlineData("2026-09-14", "2026-09-15", 1)]
    [InlineData("2026-09-16", "2026-09-17", 1)]
    [InlineData("2026-09-17", "2026-09-18", 0)]
    [InlineData(null, "2026-09-15", 1)]
    [InlineData("2026-09-15", null, 1)]
    public async Task A_run_is_found_on_each_day_of_its_slices(string? from, string? to, int expected)
    {
        await using var store = Open();
        await store.StoreRunAsync(Some.Run(slices: 3), Token);

        var read = await store.ReadRunsAsync(Day(from), Day(to), Token).ToListAsync(Token);

        Assert.Equal(expected, read.Count);
        Assert.Equal(expected * 3, read.Sum(run => run.Slices.Count));
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_refused()
    {
        await using var store = Open();
        var unnamed = Some.Run();
        await store.StoreRunAsync(
            unnamed with { Attempts =
                [.. unnamed.Attempts.Select(
                    attempt => attempt with { Facts = attempt.Facts with { RepositoryId = null } })] }, Token);

        var refused =
            await Assert.ThrowsAsync<RunConflictException>(() =>
                store.StoreRunAsync(Some.Run(hash: "h2", repository: "evil/api"), Token));

        Assert.Contains("acme/api", refused.Message);
        Assert.Equal("acme/api", (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Repository);
    }

    [Fact]
    public async Task A_renamed_repository_keeps_its_runs_by_its_id()
    {
        await using var store = Open();
        await store.StoreRunAsync(Some.Run(), Token);

        Assert.True(await store.StoreRunAsync(Some.Run(hash: "h2", repository: "acme/renamed"), Token));
    }

    [Fact]
    public async Task A_look_comes_back_as_it_was_stored()
    {
        await using var store = Open();
        var look = Some.Look();

        Assert.True(await store.StoreObservationAsync(look, Token));

        var read = Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));
        Assert.Equal(look.Charges, read.Charges);
        Assert.Equal(look with { Charges = read.Charges }, read);
        Assert.Equal("Acme", read.Account.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_keeps_whether_rows_of_it_could_not_be_read(bool isIncomplete)
    {
        await using var store = Open();
        await store.StoreObservationAsync(Some.Look() with { IsIncomplete = isIncomplete }, Token);

        var read = Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));

        Assert.Equal(isIncomplete, read.IsIncomplete);
    }

    [Fact]
    public async Task The_same_raw_file_changes_nothing_however_a_folder_is_imported_again()
    {
        await using var store = Open();
        var first = Some.Look(gross: 1, hash: "old", rawFile: "bills/1/a.csv");
        var second = Some.Look(gross: 2, hash: "new", rawFile: "bills/2/b.csv");
        await store.StoreObservationAsync(first, Token);
        await store.StoreObservationAsync(second, Token);

        Assert.False(await store.StoreObservationAsync(first with { ObservedAt = Some.Time.AddDays(1) }, Token));
        Assert.False(await store.StoreObservationAsync(second with { ObservedAt = Some.Time.AddDays(1) }, Token));
        Assert.False(await store.StoreObservationAsync(second with { RawFile = "bills/3/c.csv" }, Token));
        Assert.True(
            await store.StoreObservationAsync(
                second with { RawFile = "bills/3/c.csv", ObservedAt = Some.Time.AddDays(1) }, Token));

        var newest = await store.ReadObservationsAsync(Some.Account, null, null, Token).LastAsync(Token);
        Assert.Equal("new", newest.ContentHash);
    }

    [Fact]
    public async Task Problems_of_a_bill_replace_what_the_same_file_left_before()
    {
        await using var store = Open();
        await store.StoreBillProblemsAsync("bills/1/a.csv", Some.Run().Problems, Token);
        await store.StoreBillProblemsAsync("bills/1/a.csv", [], Token);

        Assert.Empty(await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

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
    public async Task A_cancelled_store_leaves_nothing()
    {
        await using var store = Open();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.StoreRunAsync(Some.Run(), cancelled.Token));

        Assert.Null(await store.FindRunAsync(RunKey.PublicHost, 7, Token));
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

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);

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
