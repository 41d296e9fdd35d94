using System.Text.Json.Nodes;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Findings;
using TokenLedger.Hosting.Alerting;
using TokenLedger.Hosting.Composition;
using TokenLedger.Providers.GitHub;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Testing.Webhooks;

namespace TokenLedger.Cli.Tests;

public sealed class AlertsTests : IAsyncLifetime
{
    private readonly Workbench bench = new();
    private FakeWebhook webhook = null!;

    public async ValueTask InitializeAsync()
    {
        webhook = await FakeWebhook.StartAsync();
        bench.Variables["TokenLedger__Alerts__Channels__0__Kind"] = "slack";
        bench.Variables["TokenLedger__Alerts__Channels__0__Url"] = webhook.Url.AbsoluteUri;
    }

    public async ValueTask DisposeAsync()
    {
        await webhook.DisposeAsync();
        bench.Dispose();
    }

    [Fact]
    public async Task A_channel_is_tested_by_a_message_that_is_recorded_nowhere()
    {
        var result = await bench.RunAsync("alerts", "test", "--channel", "slack", "--format", "csv");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("This is a test", Assert.Single(webhook.Received).Body["text"]!.GetValue<string>());
        Assert.False(File.Exists(bench.Path("ledger.db")));
    }

    [Fact]
    public async Task A_test_that_fails_says_why_and_not_where()
    {
        webhook.Status = 404;

        var result = await bench.RunAsync("alerts", "test", "--channel", "slack");

        Assert.Equal(1, result.Code);
        Assert.Contains("channel slack", result.Error);
        Assert.DoesNotContain(FakeWebhook.Secret, result.Error + result.Out);
        Assert.Equal(2, (await bench.RunAsync("alerts", "test", "--channel", "pager")).Code);
    }

    [Fact]
    public async Task What_was_not_sent_is_listed_sent_and_acknowledged()
    {
        webhook.IsDown = true;
        await TellAsync("one.lock.yml", "two.lock.yml");
        webhook.IsDown = false;
        var listed = JsonNode.Parse((await bench.RunAsync("alerts", "--format", "json")).Out)!["rows"]!.AsArray();
        Assert.Equal(["pending", "pending"], listed.Select(row => row!["state"]!.GetValue<string>()));
        var id = listed[0]!["id"]!.GetValue<string>();

        Assert.Equal(0, (await bench.RunAsync("alerts", "acknowledge", id, "--by", "mona")).Code);
        bench.Now += TimeSpan.FromHours(1);
        var sent = await bench.RunAsync("alerts", "send", "--format", "csv");
        Assert.Equal(0, sent.Code);

        Assert.StartsWith("sent,refused,failed,suppressed,groupsLeft\n1,0,0,0,0", sent.Out.ReplaceLineEndings("\n"));
        Assert.Single(webhook.Received);
        Assert.Single(Rows(await bench.RunAsync("alerts", "--format", "json")));
        Assert.Equal(2, Rows(await bench.RunAsync("alerts", "--all", "--format", "json")).Count);
        Assert.Empty(Rows(await bench.RunAsync("alerts", "--all", "--kind", "budget-exceeded", "--format", "json")));
        var table = await bench.RunAsync("alerts", "--all");
        Assert.Contains("What somebody must look at: 0", table.Out);
        Assert.Contains("mona", table.Out + (await bench.RunAsync("alerts", "--all", "--format", "csv")).Out);
    }

    [Theory]
    [InlineData(2, "no alert is of the kind", "--kind", "meteor")]
    [InlineData(1, "no alert of the last three months", "acknowledge", "0123456789ab", "--by", "mona")]
    [InlineData(2, "--by", "acknowledge", "0123456789ab")]
    public async Task What_is_not_there_is_said_in_one_line(int code, string message, params string[] args)
    {
        await TellAsync("one.lock.yml");

        var result = await bench.RunAsync(["alerts", .. args]);

        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error);
    }

    [Fact]
    public async Task Everything_wrong_with_channels_is_named_at_once_and_no_address_is_shown()
    {
        bench.Variables.Clear();
        var config = bench.Write("c.json", """
            {"TokenLedger":{"Alerts":{"CooldownMinutes":"soon","FindingsAtLeastUsd":"-1","Chanels":"?","Channels":[
              {"Kind":"pigeon","Name":"Big Bird"},
              {"Kind":"github-issue","Repository":"acme","Label":"a,b"},
              {"Kind":"slack","Url":"http://hooks.example/s3cr3t"},
              {"Kind":"teams","Repository":"acme/web","Findings":"maybe"},
              {"Kind":"log","Name":"a","Url":"https://hooks.example/s3cr3t"},{"Kind":"log","Name":"a"}]}}}
            """);

        var result = await bench.RunAsync("schema", "--config", config);

        Assert.Equal(2, result.Code);
        string[] parts =
        [
            "CooldownMinutes must", "FindingsAtLeastUsd must", "Chanels", "Channels:0:Kind must", "Channels:0:Name must",
            "Channels:1:Repository must", "Channels:1:Label must", "Channels:1 needs TokenLedger:GitHub",
            "Channels:2:Url must", "Channels:3:Url is missing", "Channels:3:Repository is of", "Channels:3:Findings must",
            "Channels:4:Url is of", "two are called 'a'",
        ];
        Assert.All(parts, part => Assert.Contains(part, result.Error));
        Assert.DoesNotContain("s3cr3t", result.Error);
    }

    [Fact]
    public async Task Without_a_channel_alerts_go_to_the_log_in_lines_that_nobody_else_can_forge()
    {
        bench.Variables.Clear();

        var result = await bench.RunAsync("alerts", "test", "--channel", "log");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("alert ", result.Error);
    }

    private static JsonArray Rows(Outcome outcome) => JsonNode.Parse(outcome.Out)!["rows"]!.AsArray();

    private async Task TellAsync(params string[] workflows)
    {
        var clock = new StoppedClock(bench.Now);
        var configuration = new LedgerConfiguration
        {
            Alerts = new AlertsConfiguration
            {
                Channels =
                [
                    new() { Name = "slack", Kind = AlertChannelKind.Slack, Url = new Secret(webhook.Url.AbsoluteUri) },
                ],
            },
        };
        await using var storage = new SqliteLedgerStorage(bench.Path("ledger.db"), clock);
        using var sources = new ProviderSources(configuration, new GitHubOptions(), clock);
        var channels = AlertChannels.Of(configuration.Alerts, sources, _ => { });
        var send = new SendAlerts(storage.Records, channels, configuration.Alerts, storage.Alerts, clock);
        var tell = new TellAlerts(storage.Records, channels, configuration.Alerts, send, clock);
        var day = DateOnly.FromDateTime(bench.Now.UtcDateTime).AddDays(-1);
        await tell.ExecuteAsync(
            [],
            [
                .. workflows.Select(workflow => new Finding("retries", "run", day)
                {
                    Repository = "acme/web", WorkflowPath = workflow, Message = "It tried again.", Evidence = [],
                    AtStakeNanoCredits = 500_000_000_000, Control = "Bound the tries.",
                }),
            ],
            Workbench.Token);
    }
}
