using System.Globalization;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Turns;

/// <summary>A made-up run: agents that work beside each other, logs that lose, repeat and contradict.</summary>
internal static class TurnWorld
{
    private static readonly DateTimeOffset Start = new(2026, 10, 9, 23, 59, 0, TimeSpan.Zero);
    private static readonly string[] Models = ["claude-sonnet-5", "gpt-5.6-luna", "claude-opus-5"];
    private static readonly string[] Purposes = ["", "", "", "subagent", "routing_classification", "title"];
    private static readonly string[] Types =
    [
        "session.start", "user.message", "assistant.turn_start", "assistant.message", "assistant.message",
        "tool.execution_complete", "tool.execution_complete", "subagent.started", "subagent.completed",
        "assistant.turn_end", "assistant.usage", "vendor.news",
    ];

    public static RunFiles Of(int seed)
    {
        var random = new Random(seed);
        var files = new RunFiles();
        if (random.Next(2) == 0)
        {
            files.AddTo(1, "aw_info.json", """{"run_id":4711,"created_at":"2026-10-09T23:58:00Z"}""");
            files.AddTo(2, "aw_info.json", """{"run_id":4711,"created_at":"2026-10-10T00:00:30Z"}""");
        }

        for (var log = random.Next(3); log >= 0; log--)
        {
            var folder = random.Next(3) == 0 ? "detection/" : "";
            files.AddTo(1 + random.Next(2), Name(log, folder + "token-usage.jsonl"), Many(random, 12, Request));
        }

        for (var log = random.Next(3); log >= 0; log--)
        {
            var lines = Many(random, 25, Event).ToList();
            if (random.Next(3) == 0)
                lines.Add(RunFiles.Shutdown("e-1", "claude-sonnet-5", 1000, (90_000, 90_000, 90_000, 90_000)));
            if (random.Next(4) == 0)
                lines.Add("{\"type\":\"assistant.mess");
            var path = random.Next(2) == 0
                ? Name(log, $"copilot-session-state/s-{random.Next(2)}/events.jsonl")
                : Name(log, "aw_session.jsonl");
            files.AddTo(1 + random.Next(2), path, [.. lines]);
        }

        return files;
    }

    private static string Name(int log, string path) =>
        string.Create(CultureInfo.InvariantCulture, $"part-{log}/{path}");

    private static string[] Many(Random random, int most, Func<Random, string> one) =>
        [.. Enumerable.Range(0, random.Next(most)).Select(_ => one(random))];

    private static string Request(Random random) => RunFiles.Usage(
        Id(random), Models[random.Next(Models.Length)], random.Next(2) == 0 ? "/responses" : "/v1/messages",
        (random.Next(300_000), random.Next(900), random.Next(200), random.Next(3) * 100),
        purpose: Purposes[random.Next(Purposes.Length)], time: Time(random))
        .Replace("\"status\":200", random.Next(9) == 0 ? "\"status\":101" : "\"status\":200", StringComparison.Ordinal);

    private static string Event(Random random)
    {
        if (random.Next(6) == 0)
            return ProxyEvent(random);
        var type = Types[random.Next(Types.Length)];
        var agent = random.Next(3) == 0 ? $"\"agentId\":\"a-{Text(random.Next(2))}\"," : "";
        var time = random.Next(8) == 0 ? "" : $"\"timestamp\":\"{Time(random)}\",";
        var turn = random.Next(2) == 0 ? $"\"turnId\":\"{Text(random.Next(4))}\"," : "";
        return $$"""
            {"type":"{{type}}",{{agent}}{{time}}"data":{ {{turn}}"apiCallId":"{{Id(random)}}","agentName":"n",
            "toolCallId":"c-{{Text(random.Next(2))}}"} }
            """;
    }

    private static string ProxyEvent(Random random) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"type":"firewall.token_usage","data":{"provider":"anthropic","model":"claude-sonnet-5","path":"/v1/messages",
        "requestId":"{{{Id(random)}}}","durationMs":500,"usage":{"inputTokens":{{{random.Next(500)}}},"outputTokens":7} },
        "provenance":{"component":"firewall","phase":"{{{(random.Next(2) == 0 ? "agent" : "detection")}}}",
        "timestampMs":{{{Start.AddMilliseconds(random.Next(120_000)).ToUnixTimeMilliseconds()}}} }}
        """);

    private static string Id(Random random) => "r-" + Text(random.Next(30));

    private static string Time(Random random) => Start.AddMilliseconds(random.Next(120_000))
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
