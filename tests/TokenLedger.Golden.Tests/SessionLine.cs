using System.Globalization;

namespace TokenLedger.Golden.Tests;

/// <summary>Lines of session files, in the forms that engines write.</summary>
internal static class SessionLine
{
    /// <summary>The end of a Copilot session with disjoint counts.</summary>
    public static string Shutdown(
        string session, string model, decimal credits, (long Input, long Output, long Read, long Write) tokens)
    {
        var details = "{" + string.Join(
            ',',
            Count("input", tokens.Input),
            Count("output", tokens.Output),
            Count("cache_read", tokens.Read),
            Count("cache_write", tokens.Write)) + "}";
        var metrics = "{\"requests\":{\"count\":1}," + Nano(credits) + ",\"tokenDetails\":" + details + "}";
        return "{\"type\":\"session.shutdown\",\"timestamp\":\"2026-11-03T09:20:00.000Z\",\"data\":{\"sessionId\":\""
            + session + "\"," + Nano(credits) + ",\"modelMetrics\":{\"" + model + "\":" + metrics + "}}}";
    }

    /// <summary>What a Copilot session has counted so far.</summary>
    public static string Checkpoint(string session, decimal credits) =>
        "{\"type\":\"session.usage_checkpoint\",\"timestamp\":\"2026-11-03T09:18:00.000Z\",\"data\":{\"sessionId\":\""
        + session + "\"," + Nano(credits) + "}}";

    private static string Count(string kind, long tokens) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{kind}\":{{\"tokenCount\":{tokens}}}");

    private static string Nano(decimal credits) => string.Create(
        CultureInfo.InvariantCulture, $"\"totalNanoAiu\":{decimal.ToInt64(credits * 1_000_000_000m)}");
}
