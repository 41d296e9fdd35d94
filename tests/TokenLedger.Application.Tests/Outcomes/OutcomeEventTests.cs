using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Records;
using TokenLedger.Application.Webhooks;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Outcomes;

public sealed class OutcomeEventTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";
    private const int KillsMax = 100;
    private readonly KillSwitch kill = new();
    private readonly InMemoryOutcomeArchive archive;
    private readonly InMemoryRecords records;
    private readonly InMemoryDeliveryLog deliveries;

    public OutcomeEventTests()
    {
        (archive, records, deliveries) = (new(kill), new(kill), new(kill));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReceiveOutcomeEvent Receive =>
        new(archive, records, deliveries, new TestClock(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public async Task What_no_agent_has_to_do_with_leaves_no_trace()
    {
        var outcome = await SendAsync("d1", "pull_request", Pull(12, hour: 12, login: "bob", type: "User"));

        Assert.Equal(WebhookOutcomeKind.Ignored, outcome.Kind);
        Assert.Empty(archive.Paths);
        Assert.False(await deliveries.IsClaimedAsync("d1", Token));
    }

    [Fact]
    public async Task A_bot_s_pull_request_is_recorded_and_a_redelivery_is_a_duplicate()
    {
        Assert.Equal(WebhookOutcomeKind.Recorded, (await SendAsync("d1", "pull_request", Pull(12, 12))).Kind);
        Assert.Equal(WebhookOutcomeKind.Duplicate, (await SendAsync("d1", "pull_request", Pull(12, 12))).Kind);

        var row = Assert.Single(await RowsAsync());
        Assert.Equal(("2026-11|acme/webshop", "0000000012|github.com"), (row.PartitionKey, row.RowKey));
        Assert.Equal(
            ("merged", "alice", 5L), (row.Text("state"), row.Text("mergedby"), row.Integer("additions")));
    }

    [Fact]
    public async Task Reverts_are_followed_only_to_what_is_followed()
    {
        var revert = Pull(13, 14, login: "bob", type: "User");
        revert["pull_request"]!["title"] = "Revert \"Fix\"";
        revert["pull_request"]!["body"] = "Reverts acme/webshop#12";
        Assert.Equal(WebhookOutcomeKind.Ignored, (await SendAsync("d0", "pull_request", revert)).Kind);
        await SendAsync("d1", "pull_request", Pull(12, 12));

        Assert.Equal(WebhookOutcomeKind.Recorded, (await SendAsync("d2", "pull_request", revert)).Kind);

        Assert.Equal(
            ("reverted", "#13"),
            (await RowsAsync()).Select(row => (row.Text("state"), row.Text("revertedby"))).Single());
    }

    [Fact]
    public async Task A_push_reverts_the_pull_request_that_made_the_commit()
    {
        await SendAsync("d1", "pull_request", Pull(12, 12));
        var push = new JsonObject
        {
            ["ref"] = "refs/heads/main",
            ["commits"] = new JsonArray(new JsonObject
            {
                ["id"] = new string('f', 40), ["timestamp"] = "2026-11-19T10:00:00Z",
                ["message"] = $"This reverts commit {Sha}.",
            }),
            ["repository"] = Repository(),
        };

        Assert.Equal(WebhookOutcomeKind.Recorded, (await SendAsync("d2", "push", push)).Kind);

        Assert.Equal("reverted", Assert.Single(await RowsAsync()).Text("state"));
    }

    [Fact]
    public async Task Deliveries_in_any_order_end_in_the_same_rows()
    {
        var deliveriesSent = new[]
        {
            ("opened", Pull(12, 10, isMerged: false)), ("closed", Pull(12, 12)),
        };
        foreach (var (id, body) in deliveriesSent)
            await SendAsync(id, "pull_request", body);
        var expected = await TextAsync();
        var other = new OutcomeEventTests();
        foreach (var (id, body) in deliveriesSent.Reverse().Concat(deliveriesSent))
            await other.SendAsync(id, "pull_request", body);

        Assert.Equal(expected, await other.TextAsync());
    }

    [Fact]
    public async Task A_process_may_be_killed_before_any_call()
    {
        await SendAsync("d1", "pull_request", Pull(12, 12));
        var expected = await TextAsync();
        for (var calls = 0; calls < KillsMax; calls++)
        {
            var other = new OutcomeEventTests();
            other.kill.Arm(calls);
            try
            {
                await other.SendAsync("d1", "pull_request", Pull(12, 12));
                Assert.True(calls > 3);
                return;
            }
            catch (ProcessKilledException)
            {
                other.kill.Arm(null);
                await other.SendAsync("d1", "pull_request", Pull(12, 12));
                Assert.Equal(expected, await other.TextAsync());
                Assert.True(await other.deliveries.IsClaimedAsync("d1", Token));
            }
        }

        Assert.Fail("The delivery never ends.");
    }

    [Fact]
    public async Task Rows_can_be_made_again_of_the_archive()
    {
        await SendAsync("d1", "pull_request", Pull(12, 12));
        var again = new InMemoryRecords();
        await foreach (var place in archive.ReadPlacesAsync(Token))
            await new StoreOutcome(archive, again).ExecuteAsync(place, Token);

        Assert.Equal(await TextAsync(), await TextAsync(again));
    }

    private Task<WebhookOutcome> SendAsync(string id, string name, JsonObject body) =>
        Receive.ExecuteAsync(id, name, Encoding.UTF8.GetBytes(body.ToJsonString()), Token);

    private async Task<IReadOnlyList<RecordRow>> RowsAsync() => await records
        .ReadAsync(OutcomeTables.Outcomes, null, null, Token).Select(row => row.Row).ToListAsync(Token);

    private Task<string> TextAsync() => TextAsync(records);

    private static async Task<string> TextAsync(InMemoryRecords records)
    {
        var text = new StringBuilder();
        foreach (var table in (RecordTable[])[OutcomeTables.Index, OutcomeTables.Outcomes])
        {
            await foreach (var row in records.ReadAsync(table, null, null, Token))
            {
                text.AppendLine(row.Row.PartitionKey).AppendLine(row.Row.RowKey)
                    .AppendJoin('|', table.Columns.Select(column => row.Row[column.Name])).AppendLine();
            }
        }

        return text.ToString();
    }

    private static JsonObject Repository() => new()
    {
        ["full_name"] = "Acme/Webshop", ["default_branch"] = "main", ["html_url"] = "https://github.com/Acme/Webshop",
    };

    private static JsonObject Pull(
        int number, int hour, bool isMerged = true, string login = "copilot[bot]", string type = "Bot")
    {
        var at = $"2026-11-18T{hour}:00:00Z";
        return new JsonObject
        {
            ["action"] = isMerged ? "closed" : "opened",
            ["pull_request"] = new JsonObject
            {
                ["number"] = number, ["state"] = isMerged ? "closed" : "open",
                ["html_url"] = $"https://github.com/Acme/Webshop/pull/{number}",
                ["user"] = new JsonObject { ["login"] = login, ["type"] = type },
                ["created_at"] = "2026-11-18T10:00:00Z", ["updated_at"] = at,
                ["closed_at"] = isMerged ? at : null, ["merged_at"] = isMerged ? at : null,
                ["merged_by"] = isMerged ? new JsonObject { ["login"] = "alice" } : null,
                ["merge_commit_sha"] = Sha, ["additions"] = 5, ["deletions"] = 2,
            },
            ["repository"] = Repository(),
        };
    }
}
