using System.Net;
using System.Net.Sockets;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Tests.Telemetry;

namespace TokenLedger.Hosting.Tests.Serving;

public sealed class ServeTests
{
    [Theory]
    [InlineData("--urls http://0.0.0.0:0", "set a key")]
    [InlineData("--urls http://*:0", "set a key")]
    [InlineData("--urls http://[::]:0", "set a key")]
    [InlineData("--urls http://127.0.0.1:0;http://0.0.0.0:0", "set a key")]
    [InlineData("--urls https://127.0.0.1:7071", "reverse proxy")]
    [InlineData("--urls 127.0.0.1:7071", "is not http://")]
    [InlineData("--urls http://ledger.example.com:7071", "is not http://")]
    [InlineData("--urls http://localhost:0", "is not http://")]
    [InlineData("--urls http://127.0.0.1:99999", "is not http://")]
    [InlineData("--urls http://127.0.0.1:7071/api", "is not http://")]
    [InlineData("--urls ;", "names no address")]
    [InlineData("--inbox no-such-folder", "is no folder")]
    public async Task Wrong_usage_exits_with_2_and_one_line(string args, string expected)
    {
        await using var served = new ServedLedger();

        var (code, output, error) = await served.CommandAsync(["serve", .. args.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(output);
        Assert.False(File.Exists(served.Ledger));
    }

    [Fact]
    public async Task An_address_in_use_is_one_line_and_1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var served = new ServedLedger();

        var (code, _, error) = await served.CommandAsync(
            "serve", "--urls", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        Assert.Equal(1, code);
        Assert.Contains("in use", error);
        Assert.Contains("listen elsewhere", error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_line_and_1()
    {
        await using var served = new ServedLedger();
        await File.WriteAllTextAsync(
            served.PathOf("c.json"), "{\"TokenLedger\":{\"Serve\":{\"ApiKey\":\"hush-api-key\"}}}", ServedLedger.Token);

        var (code, _, error) = await served.CommandAsync(
            "serve", "--urls", "http://192.0.2.1:7071", "--config", served.PathOf("c.json"));

        Assert.Equal(1, code);
        Assert.Contains("listen elsewhere", error);
        Assert.DoesNotContain("internal error", error);
        Assert.DoesNotContain("hush-", error);
    }

    [Fact]
    public async Task SIGTERM_exits_with_0_and_a_restart_goes_on_with_the_queue()
    {
        await using var served = new ServedLedger();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TokenLedger__GitHub__WebhookSecrets__0"] = ServedLedger.Secret,
        };
        await using (var first = new ServeProcess(served.Ledger, variables, "--urls", "http://127.0.0.1:0"))
        {
            served.Use(await first.ListeningAsync());
            Assert.Equal("queued", (await Delivery.OfRun(101).SendAsync(served)).State);
            Assert.Equal(0, await first.TerminatedAsync());
            Assert.Contains("tokenledger: stopped.", first.Lines);
        }

        await served.StoreAsync(storage => storage.Queue.EnqueueAsync(
            new CollectRunMessage(Ingestion.Evidence.RunIdentity.Of("github.com", "acme/api", 101, 1)!, null),
            TimeSpan.Zero, ServedLedger.Token));
        await using var second = new ServeProcess(served.Ledger, variables, "--urls", "http://127.0.0.1:0");
        served.Use(await second.ListeningAsync());
        await served.StoreAsync(storage => Eventually.TrueAsync("the queue is empty", async () =>
            (await storage.QueueDepths.ReadDepthsAsync(ServedLedger.Token))
                .Single(depth => depth.QueueName == QueueNames.CollectRun).Messages == 0));
        Assert.Equal(200, (await served.GetAsync("/api/runs/acme/api/101")).Status);
        Assert.Equal(0, await second.TerminatedAsync());
        Assert.DoesNotContain(second.Lines, line => line.Contains("hush-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_gathered_is_sent_to_a_collector_before_the_end()
    {
        await using var collector = await Collector.StartAsync();
        await using var served = new ServedLedger();
        await using var process = new ServeProcess(
            served.Ledger,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["TokenLedger__GitHub__WebhookSecrets__0"] = ServedLedger.Secret,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            "--urls", "http://127.0.0.1:0");
        served.Use(await process.ListeningAsync());
        await Delivery.OfRun().SendAsync(served);

        Assert.Equal(0, await process.TerminatedAsync());

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Received.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_log_that_the_command_line_ingests_has_its_day_reconciled()
    {
        await using var served = await ServedLedger.StartedAsync();
        await File.WriteAllTextAsync(served.PathOf("bill.csv"), Logs.Bill, ServedLedger.Token);
        Assert.Equal(0, (await served.CommandAsync("import-billing", served.PathOf("bill.csv"))).Code);
        served.Clock.Advance(TimeSpan.FromSeconds(30));
        await served.EmptiedAsync(QueueNames.ReconcileDay);

        Assert.Equal(0, (await served.CommandAsync("ingest", Logs.WriteRun(served.PathOf("run-101")))).Code);

        served.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync("the run has its share", async () => await BilledAsync(served) is not null);
    }

    [Fact]
    public async Task Two_services_share_the_work_of_one_ledger()
    {
        const int Runs = 20;
        await using var served = new ServedLedger { HasInbox = true };
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TokenLedger__GitHub__WebhookSecrets__0"] = ServedLedger.Secret,
        };
        string[] args = ["--urls", "http://127.0.0.1:0", "--inbox", served.Inbox];
        await using var one = new ServeProcess(served.Ledger, variables, args);
        var oneAt = await one.ListeningAsync();
        await using var two = new ServeProcess(served.Ledger, variables, args);
        var twoAt = await two.ListeningAsync();
        Logs.WriteRun(Path.Combine(served.Inbox, "run-500"), 500);
        for (var run = 1; run <= Runs; run++)
        {
            served.Use(run % 2 == 0 ? oneAt : twoAt);
            Assert.Equal("queued", (await Delivery.OfRun(run).SendAsync(served)).State);
            served.Use(run % 2 == 0 ? twoAt : oneAt);
            Assert.Equal("duplicate", (await Delivery.OfRun(run).SendAsync(served)).State);
        }

        foreach (var run in Enumerable.Range(1, Runs).Append(500))
        {
            await Eventually.TrueAsync($"run {run} is there", async () =>
                (await served.GetAsync($"/api/runs/acme/api/{run}")).Status == 200);
        }

        Assert.Equal("ok", (await served.GetAsync("/api/health")).State);
        Assert.Equal(0, await one.TerminatedAsync());
        Assert.Equal(0, await two.TerminatedAsync());
        Assert.DoesNotContain(one.Lines.Concat(two.Lines), line => line.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_in_the_inbox_has_shares_of_a_bill_that_is_imported_later()
    {
        await using var served = await ServedLedger.StartedAsync(ledger => ledger.HasInbox = true);
        Logs.WriteRun(Path.Combine(served.Inbox, "run-101"));
        await Eventually.TrueAsync("the run is there", async () =>
            (await served.GetAsync("/api/runs/acme/api/101")).Status == 200);
        served.Clock.Advance(TimeSpan.FromSeconds(30));
        await served.EmptiedAsync(QueueNames.ReconcileDay);
        Assert.Null((await BilledAsync(served))?.GetValue<decimal>());
        await File.WriteAllTextAsync(served.PathOf("bill.csv"), Logs.Bill, ServedLedger.Token);

        Assert.Equal(0, (await served.CommandAsync("import-billing", served.PathOf("bill.csv"))).Code);

        served.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync("the run has its share", async () => await BilledAsync(served) is not null);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode?> BilledAsync(ServedLedger served) =>
        (await served.GetAsync("/api/runs/acme/api/101")).Json["runs"]![0]!["billedAiCredits"];
}
