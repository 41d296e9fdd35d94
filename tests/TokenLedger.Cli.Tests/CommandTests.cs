using System.IO.Compression;
using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("demo")]
    [InlineData("ingest")]
    [InlineData("import-billing")]
    [InlineData("reconcile")]
    [InlineData("verify")]
    [InlineData("usage")]
    [InlineData("runs")]
    [InlineData("schema")]
    public async Task Help_shows_an_example(string command)
    {
        var result = await bench.RunAsync(command, "--help");

        Assert.Equal(0, result.Code);
        Assert.Contains("Example:\n  tokenledger " + command, result.Out);
    }

    [Theory]
    [InlineData("no ledger", "reconcile --org acme --from 2026-10-01 --to 2026-10-02")]
    [InlineData("no ledger", "usage")]
    [InlineData("no ledger", "runs")]
    [InlineData("after --from", "reconcile --org acme --from 2026-10-02 --to 2026-10-02")]
    [InlineData("no day", "reconcile --org acme --from 2026-13-01 --to 2026-10-02")]
    [InlineData("one scope", "reconcile --from 2026-10-01 --to 2026-10-02")]
    [InlineData("one scope", "reconcile --org a --enterprise b --from 2026-10-01 --to 2026-10-02")]
    [InlineData("--fail-on", "reconcile --org a --from 2026-10-01 --to 2026-10-02 --fail-on luck")]
    [InlineData("cannot be found", "ingest no-such-file")]
    [InlineData("cannot be found", "import-billing no-such-file")]
    [InlineData("cannot be read", "verify no-such-file")]
    [InlineData("none of table, json, csv, markdown", "runs --format 1")]
    [InlineData("OWNER/NAME", "ingest . --repo acme")]
    [InlineData("--payer", "ingest . --payer me")]
    [InlineData("--observed-at", "import-billing . --observed-at soon")]
    [InlineData("in the future", "import-billing . --observed-at 2027-01-01")]
    [InlineData("--run-id: 'x' is no whole number from 1 on", "ingest . --run-id x")]
    [InlineData("--run-id: '0' is no whole number from 1 on", "ingest . --run-id 0")]
    [InlineData("--attempt", "ingest . --attempt 99999999999")]
    [InlineData("frobnicate", "frobnicate")]
    public async Task Wrong_usage_says_what_to_do_and_exits_with_2(string expected, string command)
    {
        var result = await bench.RunAsync(command.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error);
        Assert.Empty(result.Out);
        Assert.False(File.Exists(bench.Path("ledger.db")));
    }

    [Fact]
    public async Task A_scope_with_neither_runs_nor_bill_exits_with_2()
    {
        await bench.FillAsync();

        var result = await bench.RunAsync("reconcile", "--org", "nobody", "--from", "2026-10-01", "--to", "2026-10-04");

        Assert.Equal(2, result.Code);
        Assert.Contains("neither runs nor a bill of nobody", result.Error);
    }

    [Fact]
    public async Task A_rejected_line_is_shown_kept_and_gives_3()
    {
        var run = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        await File.AppendAllTextAsync(Path.Combine(run, "token-usage.jsonl"), "{broken\n\n", Workbench.Token);

        var result = await bench.RunAsync("ingest", run);

        Assert.Equal(3, result.Code);
        Assert.Contains("TL01", result.Error);
        Assert.Contains(" + 1 rejected + 1 blank", result.Out);
        Assert.Contains("TL01", (await bench.RunAsync("runs", "--rejected")).Out);
    }

    [Fact]
    public async Task The_same_evidence_again_changes_nothing()
    {
        await bench.FillAsync();

        var again = await bench.RunAsync("ingest", bench.Path("logs"));

        Assert.Contains("Runs touched: 6, unchanged: 6.\nFiles archived: 0, known before: 12.", again.Out);
        Assert.Contains("Known days", (await bench.RunAsync("import-billing", bench.Path("bills"))).Out);
    }

    [Fact]
    public async Task A_corrupt_zip_is_one_problem_and_the_rest_goes_on()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        ZipFile.CreateFromDirectory(bench.Path("logs"), bench.Path("good.zip"));
        bench.Write("bad.zip", "PK\u0003\u0004 and then nothing");

        var result = await bench.RunAsync("ingest", bench.Path("bad.zip"), bench.Path("good.zip"));

        Assert.Equal(3, result.Code);
        Assert.Contains("bad.zip", result.Error);
        Assert.Contains("acme/api", result.Out);
    }

    [Fact]
    public async Task Evidence_without_a_run_asks_for_the_flags()
    {
        var log = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        File.Move(Path.Combine(log, "token-usage.jsonl"), bench.Path("token-usage.jsonl"));

        var result = await bench.RunAsync("ingest", bench.Path("token-usage.jsonl"));

        Assert.Equal(2, result.Code);
        Assert.Contains("--repo", result.Error);
    }

    [Fact]
    public async Task A_flag_that_contradicts_the_runs_own_record_is_wrong_usage()
    {
        var log = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);

        var result = await bench.RunAsync("ingest", log, "--run-id", "5");

        Assert.Equal(2, result.Code);
        Assert.DoesNotContain("acme/api", (await bench.RunAsync("runs")).Out);
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_refused_within_one_ingest_too()
    {
        bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        Directory.Move(bench.Path("logs/run-101"), bench.Path("logs/first"));
        bench.WriteRun(101, "evil/api", "2026-10-01", models: ["claude-sonnet-5"]);

        var result = await bench.RunAsync("ingest", bench.Path("logs/first"), bench.Path("logs/run-101"));

        Assert.Equal(2, result.Code);
        Assert.Contains("known as a run of acme/api", result.Error);
    }

    [Fact]
    public async Task A_run_of_a_renamed_repository_keeps_what_was_known_of_it()
    {
        await bench.RunAsync("ingest", RenamedAs("acme/api", "request-1"));

        Assert.Equal(0, (await bench.RunAsync("ingest", RenamedAs("acme/service", "request-2"))).Code);

        var run = Assert.Single(
            JsonNode.Parse((await bench.RunAsync("runs", "--format", "json")).Out)!["rows"]!.AsArray())!;
        Assert.Equal("acme/api", (string)run["repository"]!);
        Assert.Equal(2, (long)run["requests"]!);

        string RenamedAs(string repository, string request)
        {
            var log = bench.WriteRun(101, repository, "2026-10-01", models: ["claude-sonnet-5"]);
            bench.Write("logs/run-101/aw_info.json", File.ReadAllText(bench.Path("logs/run-101/aw_info.json"))
                .Replace("{", "{\"repository_id\":77,", StringComparison.Ordinal));
            bench.Write("logs/run-101/token-usage.jsonl", File.ReadAllText(bench.Path("logs/run-101/token-usage.jsonl"))
                .Replace("request-101-0", request, StringComparison.Ordinal));
            return log;
        }
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_refused()
    {
        await bench.RunAsync("ingest", bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]));

        var result =
            await bench.RunAsync("ingest", bench.WriteRun(101, "evil/api", "2026-10-01", models: ["claude-sonnet-5"]));

        Assert.Equal(2, result.Code);
        Assert.Contains("known as a run of acme/api", result.Error);
        Assert.DoesNotContain("evil", (await bench.RunAsync("runs")).Out);
    }

    [Fact]
    public async Task Ctrl_C_gives_130_and_leaves_nothing_half_done()
    {
        var log = bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var result = await bench.RunAsync(stop.Token, "ingest", log);

        Assert.Equal(130, result.Code);
        Assert.DoesNotContain("acme", (await bench.RunAsync("runs")).Out);
        Assert.Equal(0, (await bench.RunAsync("ingest", log)).Code);
    }

    [Fact]
    public async Task A_file_that_is_no_ledger_is_named_and_left_alone()
    {
        bench.Write("ledger.db", new string('x', 2000));

        var result =
            await bench.RunAsync("ingest", bench.WriteRun(101, "acme/api", "2026-10-01", models: ["claude-sonnet-5"]));

        Assert.Equal(1, result.Code);
        Assert.Contains("is no ledger", result.Error);
        Assert.Equal(new string('x', 2000), File.ReadAllText(bench.Path("ledger.db")));
    }

    [Theory]
    [InlineData("unpriced", 4)]
    [InlineData("unsettled", 4)]
    [InlineData("unallocated=10", 4)]
    [InlineData("unallocated=100", 0)]
    [InlineData("drift=5", 0)]
    public async Task A_crossed_limit_gives_4(string limit, int code)
    {
        await bench.FillAsync();

        Assert.Equal(code, (await bench.ReconcileAsync("--fail-on", limit)).Code);
    }

    [Fact]
    public async Task Two_looks_alike_settle_a_day()
    {
        await bench.FillAsync();
        bench.Write("bills/again.csv", await File.ReadAllTextAsync(bench.Path("bills/ai.csv"), Workbench.Token) + "\n");
        bench.Now += TimeSpan.FromDays(2);
        await bench.RunAsync("import-billing", bench.Path("bills"));

        var artifact = (await bench.ReconcileAsync("--format", "json")).Out;

        Assert.Contains("\"status\": \"settled\"", artifact);
        Assert.Contains("\"status\": \"estimated\"", artifact);
    }
}
