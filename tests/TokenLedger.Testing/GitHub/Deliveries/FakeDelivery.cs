using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Deliveries;

/// <summary>One sending of a webhook, and how it ended.</summary>
/// <param name="Id">Its own id: sent again, it has another.</param>
/// <param name="Guid">What stays the same when it is sent again: <c>X-GitHub-Delivery</c>.</param>
/// <param name="DeliveredAt">When it was sent, UTC.</param>
/// <param name="IsRedelivery">Whether it was sent again.</param>
/// <param name="StatusCode">What the receiver answered.</param>
/// <param name="Status"><c>OK</c>, or what went wrong.</param>
public sealed record FakeDelivery(
    long Id, string Guid, DateTimeOffset DeliveredAt, bool IsRedelivery, int StatusCode, string Status)
{
    /// <summary>Whether the receiver took it.</summary>
    public bool IsOk => Status == "OK";

    internal FakeRunAttempt? Attempt { get; init; }

    internal long? InstallationId { get; init; }

    internal string Payload { get; init; } = "";

    internal JsonObject Json() => new()
    {
        ["id"] = Id,
        ["guid"] = Guid,
        ["delivered_at"] = ApiTime.Text(DeliveredAt),
        ["redelivery"] = IsRedelivery,
        ["duration"] = 0.05,
        ["status"] = Status,
        ["status_code"] = StatusCode,
        ["event"] = "workflow_run",
        ["action"] = "completed",
        ["installation_id"] = InstallationId,
        ["repository_id"] = Attempt?.Run.Repository.Id,
        ["throttled_at"] = null,
    };

    internal JsonObject JsonWithPayload()
    {
        var json = Json();
        json["request"] = new JsonObject
        {
            ["headers"] = new JsonObject { ["X-GitHub-Delivery"] = Guid, ["X-GitHub-Event"] = "workflow_run" },
            ["payload"] = JsonNode.Parse(Payload),
        };
        json["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = "" };
        return json;
    }
}
