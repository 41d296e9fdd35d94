using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Outcomes;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class OutcomeWebhookTests : IAsyncLifetime
{
    private const string Hostile = "<img src=x onerror=alert(1)> | =cmd()";
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync() => served = await ServedLedger.StartedAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_bot_s_pull_request_is_recorded_and_a_redelivery_is_a_duplicate()
    {
        var answer = await Pull("copilot[bot]", "Bot").SendAsync(served);
        var again = await Pull("copilot[bot]", "Bot").SendAsync(served);

        Assert.Equal((202, "recorded"), (answer.Status, answer.State));
        Assert.Equal((202, "duplicate"), (again.Status, again.State));
        var row = Assert.Single(await RowsAsync());
        Assert.Equal(("merged", Hostile), (row["state"], row["headbranch"]));
    }

    [Fact]
    public async Task A_person_s_pull_request_is_kept_once_a_run_is_known_to_be_for_it()
    {
        Assert.Equal("ignored", (await Pull("bob", "User").SendAsync(served)).State);
        var run = JsonNode.Parse(Delivery.OfRun().Body)!.AsObject();
        run["workflow_run"]!["pull_requests"] = new JsonArray(new JsonObject { ["number"] = 12 });
        await new Delivery(Bytes(run)) { Id = "run-101" }.SendAsync(served);
        await served.EmptiedAsync(QueueNames.CollectRun);

        var answer = await Pull("bob", "User").SendAsync(served);

        Assert.Equal((202, "recorded"), (answer.Status, answer.State));
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task A_wrong_signature_and_a_body_that_is_none_are_refused()
    {
        var forged = await (Pull("copilot[bot]", "Bot") with { Secret = "guessed" }).SendAsync(served);
        Assert.Equal((401, "signature-mismatch"), (forged.Status, forged.Problem));

        var broken = await (Pull("copilot[bot]", "Bot") with { Body = "{}"u8.ToArray() }).SendAsync(served);

        Assert.Equal((400, "payload"), (broken.Status, broken.Problem));
        Assert.Empty(await RowsAsync());
    }

    private async Task<List<Dictionary<string, string?>>> RowsAsync() => await served.Storage.Records
        .ReadAsync(OutcomeTables.Outcomes, null, null, ServedLedger.Token)
        .Select(row => OutcomeTables.Outcomes.Columns.ToDictionary(
            column => column.Name, column => row.Row[column.Name]?.ToString(), StringComparer.Ordinal))
        .ToListAsync(ServedLedger.Token);

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    private static Delivery Pull(string login, string type) => new(Bytes(new JsonObject
    {
        ["action"] = "closed",
        ["pull_request"] = new JsonObject
        {
            ["number"] = 12, ["state"] = "closed", ["title"] = Hostile,
            ["html_url"] = "https://github.com/Acme/Api/pull/12",
            ["user"] = new JsonObject { ["login"] = login, ["type"] = type },
            ["created_at"] = "2026-10-01T10:00:00Z", ["updated_at"] = "2026-10-01T12:00:00Z",
            ["closed_at"] = "2026-10-01T12:00:00Z", ["merged_at"] = "2026-10-01T12:00:00Z",
            ["head"] = new JsonObject { ["ref"] = Hostile, ["repo"] = new JsonObject { ["id"] = 77 } },
            ["base"] = new JsonObject { ["repo"] = new JsonObject { ["id"] = 77 } },
        },
        ["repository"] = new JsonObject { ["full_name"] = "Acme/Api" },
    }))
    {
        Event = "pull_request", Id = $"pull-{login.Length}",
    };
}
