using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Reconciling;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Cli.Tests;

public sealed class RebuildTests : IDisposable
{
    // When and how often something was stored is no figure, and no raw file tells it.
    private static readonly string[] Bookkeeping = ["revision", "reconciledat", "revisionkind", "settledat"];

    private static readonly string[] Tables =
    [
        "runs", "runusage", "rejectedlines", "observations", "charges", "settlements", "shares", "unallocated",
        "dailycosts", "changeddays",
    ];

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Every_table_comes_back_byte_for_byte_from_the_raw_files()
    {
        await LiveAsync();
        var before = Dump();
        DeleteTables();

        var outcome = await bench.RunAsync("rebuild", "--format", "csv");

        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Equal(before, Dump());
        Assert.Contains("observations", before, StringComparison.Ordinal);
        Assert.Equal(
            "what,found,made\nruns,6,6\n\"bills, and the looks at days in them\",3,4\n\"days, and accounts' days in them\",3,5\n"
            + "\"outcomes, and runs that were linked\",0,6\n",
            outcome.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_ledger_that_is_whole_is_left_as_it_is()
    {
        await LiveAsync();
        await bench.RunAsync("rebuild");
        var before = Dump(withBookkeeping: true);

        var outcome = await bench.RunAsync("rebuild");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(before, Dump(withBookkeeping: true));
    }

    [Fact]
    public async Task What_was_reconciled_before_is_told_again()
    {
        await LiveAsync();
        var before = (await bench.ReconcileAsync("--format", "json")).Out;
        DeleteTables();

        await bench.RunAsync("rebuild");

        Assert.Equal(before, (await bench.ReconcileAsync("--format", "json")).Out);
    }

    [Fact]
    public async Task Bills_that_were_kept_before_their_takings_were_need_the_flags_again()
    {
        await LiveAsync();
        var before = Dump();
        DeleteTables();
        Directory.Delete(bench.Path("ledger.db.files/bills/takings"), recursive: true);

        Assert.Equal(3, (await bench.RunAsync("rebuild")).Code);
        DeleteTables();
        var outcome = await bench.RunAsync("rebuild", "--org", "acme");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(LinesOf("charges", before), LinesOf("charges", Dump()));
    }

    [Fact]
    public async Task Equal_looks_and_a_bill_that_went_back_to_what_it_was_come_back_as_they_were()
    {
        bench.Now = new(2026, 10, 5, 6, 0, 0, TimeSpan.Zero);
        await bench.FillAsync();
        foreach (var (credits, number) in new[] { (120, 1), (120, 2), (130, 3), (120, 4) })
        {
            bench.Now = bench.Now.AddDays(1);
            // Other bytes each time, as of files exported anew.
            bench.Write($"later/{number}.csv", Workbench.BillHeader + new string('\n', number)
                + $"2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,{credits},ai-credits,0.01,{credits / 100m},0,{credits / 100m},acme,acme/api,\n");
            Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path($"later/{number}.csv"))).Code);
        }

        await RecordAsync();
        var before = Dump();
        DeleteTables();

        Assert.Equal(0, (await bench.RunAsync("rebuild")).Code);

        Assert.Equal(before, Dump());
    }

    [Fact]
    public async Task Decisions_are_taken_over_of_an_older_file_which_must_be_there()
    {
        await LiveAsync();
        SqliteConnection.ClearAllPools();
        File.Copy(bench.Path("ledger.db"), bench.Path("old.db"));
        DeleteTables();

        var missing = await bench.RunAsync("rebuild", "--decisions-from", bench.Path("none.db"));
        var outcome = await bench.RunAsync("rebuild", "--decisions-from", bench.Path("old.db"), "--format", "csv");

        Assert.Equal(2, missing.Code);
        Assert.Contains("--decisions-from", Assert.Single(missing.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(bench.Path("none.db")));
        Assert.Equal(0, outcome.Code);
        Assert.EndsWith("\"decisions, and those taken over\",0,0\n", outcome.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_raw_files_it_is_one_line_and_exit_2()
    {
        var outcome = await bench.RunAsync("rebuild");

        Assert.Equal(2, outcome.Code);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(bench.Path("ledger.db")));
    }

    // Runs and bills at different times, one of them revised, one whose account only a flag told.
    private async Task LiveAsync()
    {
        bench.Now = new(2026, 10, 4, 6, 0, 0, TimeSpan.Zero);
        await bench.FillAsync();
        await RecordAsync();
        bench.Now = bench.Now.AddDays(2);
        bench.Write("later/ai.csv", Workbench.BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,130,ai-credits,0.01,1.3,0.9,0.4,acme,acme/api,\n");
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("later"))).Code);
        bench.Write("answer/usage.json", """
            { "timePeriod": { "year": 2026, "month": 10, "day": 2 }, "usageItems": [
              { "product": "Copilot", "sku": "Copilot AI Credits", "model": "Claude Sonnet 5", "unitType": "ai-credits",
                "pricePerUnit": 0.01, "grossQuantity": 5, "grossAmount": 0.05, "discountQuantity": 0,
                "discountAmount": 0, "netQuantity": 5, "netAmount": 0.05 } ] }
            """);
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("answer"), "--org", "acme")).Code);
        await RecordAsync();
    }

    private async Task RecordAsync()
    {
        var time = new StoppedClock(bench.Now);
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), time);
        var record = new ReconcileDay(
            storage.Store, storage.Days, PriceBookReader.Shipped(), new LedgerConfiguration(), time);
        for (var day = new DateOnly(2026, 10, 1); day < new DateOnly(2026, 10, 4); day = day.AddDays(1))
            await record.ExecuteAsync(day, Workbench.Token);
        // As a service leaves them: each changed day is queued.
        await foreach (var run in storage.Store.ReadRunsAsync(null, null, Workbench.Token))
        {
            var key = run.Facts.Key;
            var stored = (await storage.Store.FindRunAsync(key.Host, key.RunId, Workbench.Token))!;
            await storage.Store.ClearChangedDaysAsync(key.Host, key.RunId, stored.Revision, Workbench.Token);
        }
    }

    private void DeleteTables()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(bench.Path("."), "ledger.db*"))
            File.Delete(file);
    }

    private static string LinesOf(string table, string dump) =>
        dump[dump.IndexOf($"== {table}\n", StringComparison.Ordinal)..].Split("== ", 3)[1];

    // Shares and parts of the revision that counts.
    private string Dump(bool withBookkeeping = false)
    {
        var text = new StringBuilder();
        using var connection = new SqliteConnection($"Data Source={bench.Path("ledger.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var table in Tables)
        {
            text.Append("== ").Append(table).Append('\n');
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of tables are constants.
            command.CommandText = table is "shares" or "unallocated"
                ? $"SELECT t.* FROM {table} t JOIN settlements s USING (day, accountkey, revision) ORDER BY 1, 2, 3, 4"
                : $"SELECT * FROM {table}" + (table is "observations" or "rejectedlines" ? " ORDER BY id" : " ORDER BY 1, 2, 3");
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    if (withBookkeeping || !Bookkeeping.Contains(reader.GetName(i)))
                        text.Append(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('|');
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
