using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Queues;

namespace TokenLedger.Cli.Tests.Doctor;

public sealed class LedgerTests
{
    [Fact]
    public async Task Without_a_ledger_none_is_made_and_nothing_is_a_problem()
    {
        await using var consultation = await Consultation.BeginAsync();

        var findings = await consultation.AskAsync(0);

        Assert.Contains(findings, row => row is { Code: "TL1012", State: "warning" });
        Assert.Contains(findings, row => row.Code == "TL1002");
        Assert.False(File.Exists(consultation.Bench.Path("ledger.db")));
    }

    [Fact]
    public async Task A_file_that_is_no_ledger_is_told_and_the_rest_goes_on()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.Bench.Write("ledger.db", "no database at all, but long enough to be looked at as one");

        var findings = await consultation.AskAsync(1);

        Assert.Contains(findings, row => row is { Code: "TL1011", State: "problem" } && row.Seen.Contains("no ledger", StringComparison.Ordinal));
        Assert.Contains(findings, row => row is { Check: "Health", State: "skipped" });
    }

    [Fact]
    public async Task Everything_wrong_with_the_configuration_is_a_row_of_its_own()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.Bench.Variables["TokenLedger__Sorces__0"] = "x";
        consultation.Bench.Variables["TokenLedger__GitHub__AppId"] = "seven";
        consultation.Bench.Variables["TokenLedger__GitHub__Token"] = "s3cr3t token";

        var problems = (await consultation.AskAsync(1)).Where(row => row.Code == "TL1001").ToList();

        Assert.Contains(problems, row => row.Subject == "TokenLedger:Sorces:0");
        Assert.Contains(problems, row => row.Subject == "TokenLedger:GitHub:AppId");
        Assert.Contains(problems, row => row.Subject == "TokenLedger:GitHub:Token");
        Assert.DoesNotContain(problems, row => row.Seen.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_configuration_file_that_cannot_be_read_is_a_row_and_the_variables_still_count()
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.Bench.Variables["TokenLedger__Sources__0__Kind"] = "openai";
        consultation.Bench.Variables["TokenLedger__Sources__0__Name"] = "labs";

        var result = await consultation.Bench.RunAsync("doctor", "--config", consultation.Bench.Path("gone.json"));

        Assert.Equal(1, result.Code);
        Assert.Contains("cannot be read", result.Out);
        Assert.Contains("labs", result.Out);
    }

    [Fact]
    public async Task Money_shared_with_people_is_told_with_the_cheapest_way_to_a_tighter_bucket()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        bench.WriteRun(101, "acme/api", "2026-10-09", "Triage", "copilot", "claude-sonnet-5");
        bench.Write("bills/shared.csv", Workbench.BillHeader
            + "2026-10-09,mona,copilot,copilot_ai_credit,Claude Sonnet 5,100,ai-credits,0.01,1,1,0,acme,,\n"
            + "2026-10-09,,copilot,copilot_ai_credit,Claude Sonnet 5,300,ai-credits,0.01,3,3,0,acme,,\n");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("bills"))).Code);

        var findings = await consultation.AskAsync(0);

        var wide = Assert.Single(findings, row => row.Code == "TL1091");
        Assert.Contains("100 % of 4.00 USD in 14 days", wide.Seen);
        Assert.Contains("Exclusive=true", wide.Fix);
        Assert.Contains(findings, row => row is { Check: "Coverage", State: "ok", Seen: "1 of 1 agent runs of the last 7 days have telemetry." });
    }

    [Fact]
    public async Task Bills_models_queues_alerts_and_the_webhook_are_looked_at()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        consultation.AddApp();
        consultation.GitHub.App.Install("acme");
        consultation.AddSource("ghp_tokenOfATestThatNobodyHas", isEnterprise: false, "manage_billing:copilot");
        consultation.GitHub.Add("organizations/acme");
        bench.WriteRun(101, "acme/api", "2026-10-09", "Triage", "copilot", "model-of-tomorrow");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var now = bench.Now;
        await using (var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), new StoppedClock(now)))
        {
            await storage.Checkpoints.SetAsync(new Checkpoint("success/GitHubWebhook", now.AddDays(-3)), Workbench.Token);
            await storage.Checkpoints.SetAsync(new Checkpoint("success/PollBilling", now.AddHours(-5)), Workbench.Token);
            await storage.Alerts.StoreAsync(
                new Alert(Alert.BillUnreadable, "github:organization:acme 2026-10-09", "refused", now, now, 2, true), Workbench.Token);
            await storage.Alerts.StoreAsync(
                new Alert(Alert.FailedMessage, "collect-run 7", "it failed", now, now, 1, true), Workbench.Token);
        }

        var findings = await consultation.AskAsync(0);

        string[] codes = ["TL1071", "TL1073", "TL1083", "TL1084", "TL1095", "TL1098"];
        Assert.All(codes, code => Assert.Contains(findings, row => row.Code == code));
        Assert.Contains(findings, row => row.Code == "TL1083" && row.Seen.Contains("model-of-tomorrow", StringComparison.Ordinal));
        Assert.DoesNotContain(
            await NamesOfMarksAsync(bench), name => name.StartsWith("doctor/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bill_of_files_that_is_old_is_told_with_its_newest_day()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        bench.Variables["TokenLedger__Sources__0__Kind"] = "github";
        bench.Variables["TokenLedger__Sources__0__Organization"] = "acme";
        bench.Write("bills/old.csv", Workbench.BillHeader
            + "2026-09-20,,copilot,copilot_ai_credit,Claude Sonnet 5,100,ai-credits,0.01,1,1,0,acme,,\n");
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("bills"))).Code);

        var old = Assert.Single(await consultation.AskAsync(0), row => row.Code == "TL1072");

        Assert.Contains("2026-09-20, 22 days ago", old.Seen);
        Assert.Contains("import-billing", old.Fix);
    }

    [Fact]
    public async Task Runs_without_telemetry_are_counted_with_the_most_frequent_cause()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        bench.WriteRun(101, "acme/api", "2026-10-09", "Triage", "copilot", "claude-sonnet-5");
        bench.WriteRun(102, "acme/api", "2026-10-09");
        File.Delete(bench.Path("logs/run-102/token-usage.jsonl"));
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);

        var row = Assert.Single(await consultation.AskAsync(0), row => row.Code == "TL1082");

        Assert.StartsWith("1 of 2 agent runs of the last 7 days have telemetry; 1 ", row.Seen);
        Assert.Contains("app create", row.Fix);
    }

    [Fact]
    public async Task An_exclusive_bucket_with_a_run_that_has_no_price_is_told_to_be_incomplete()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        bench.Variables["TokenLedger__Sources__0__Kind"] = "github";
        bench.Variables["TokenLedger__Sources__0__Organization"] = "acme";
        bench.Variables["TokenLedger__Sources__0__Buckets__0__Match__Repository"] = "acme/api";
        bench.Variables["TokenLedger__Sources__0__Buckets__0__Exclusive"] = "true";
        bench.WriteRun(101, "acme/api", "2026-10-09", "Triage", "copilot", "model-of-tomorrow");
        bench.Write("bills/api.csv", Workbench.BillHeader
            + "2026-10-09,,copilot,copilot_ai_credit,Model of tomorrow,100,ai-credits,0.01,1,1,0,acme,acme/api,\n");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        Assert.Equal(0, (await bench.RunAsync("import-billing", bench.Path("bills"))).Code);

        var row = Assert.Single(await consultation.AskAsync(0), row => row.Code == "TL1092");

        Assert.StartsWith("100 % lies in exclusive buckets", row.Seen);
    }

    [Fact]
    public async Task Messages_that_wait_for_long_and_those_that_failed_for_good_are_told_apart()
    {
        await using var consultation = await Consultation.BeginAsync();
        var bench = consultation.Bench;
        var clock = new StoppedClock(bench.Now.AddHours(-2));
        var queue = new SqliteWorkQueue(bench.Path("ledger.db"), clock);
        var day = new ReconcileDayMessage(new DateOnly(2026, 10, 9));
        await queue.EnqueueAsync(day, TimeSpan.Zero, Workbench.Token);
        var failed = await queue.ReceiveAsync(QueueNames.ReconcileDay, TimeSpan.FromMinutes(1), Workbench.Token);
        await queue.MoveToPoisonAsync(failed!, Workbench.Token);
        await queue.EnqueueAsync(day, TimeSpan.Zero, Workbench.Token);

        var findings = await consultation.AskAsync(1);

        var poison = Assert.Single(findings, row => row.Code == "TL1096");
        Assert.Equal(("queue reconcile-day-poison", "problem"), (poison.Subject, poison.State));
        var waiting = Assert.Single(findings, row => row.Code == "TL1097");
        Assert.Equal(("queue reconcile-day", "warning"), (waiting.Subject, waiting.State));
        Assert.Contains("the oldest for 2 hours", waiting.Seen);
        Assert.Contains("1 problem, ", (await bench.RunAsync("doctor")).Out);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("100")]
    public async Task The_table_keeps_to_the_terminal_and_no_fix_is_cut(string columns)
    {
        await using var consultation = await Consultation.BeginAsync();
        consultation.Bench.Variables["COLUMNS"] = columns;

        var result = await consultation.Bench.RunAsync("doctor");

        Assert.Equal(0, result.Code);
        var width = int.Parse(columns, System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.DoesNotContain("…", result.Out);
        Assert.Contains("0 problems", result.Out);
        Assert.Contains("→", result.Out);
    }

    private static async Task<IReadOnlyList<string>> NamesOfMarksAsync(Workbench bench)
    {
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), new StoppedClock(bench.Now));
        return await storage.Checkpoints.ReadAsync("", Workbench.Token).Select(mark => mark.Name)
            .ToListAsync(Workbench.Token);
    }
}
