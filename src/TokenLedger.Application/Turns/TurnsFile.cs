using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Turns;

/// <summary>
/// Writes <c>token-usage-by-turn.jsonl</c>: one JSON object a line, one line a turn, every field in every line.
/// </summary>
/// <remarks>
/// Fields are spelt as in <c>token-usage.jsonl</c>, but the token kinds are disjoint: <c>input_tokens</c> never holds
/// cached ones. Unknown is null. No field names a model or provider, so that the file is never taken for a usage log.
/// </remarks>
public static class TurnsFile
{
    /// <summary>The schema's name, in every line.</summary>
    public const string Schema = "token-usage-by-turn/v1";

    /// <summary>Writes the lines; none for no turns.</summary>
    public static void Write(Stream output, IEnumerable<PricedTurn> turns)
    {
        using var line = new MemoryStream();
        using var writer = new Utf8JsonWriter(line);
        foreach (var turn in turns)
        {
            line.SetLength(0);
            writer.Reset();
            WriteLine(writer, turn);
            writer.Flush();
            line.WriteByte((byte)'\n');
            line.WriteTo(output);
        }
    }

    private static void WriteLine(Utf8JsonWriter writer, PricedTurn turn)
    {
        var (facts, told) = (turn.Usage.Run, turn.Usage.Turn);
        writer.WriteStartObject();
        writer.WriteString("_schema", Schema);
        writer.WriteString("event", "turn_usage");
        writer.WriteString("host", facts.Key.Host);
        writer.WriteString("repository", facts.Repository);
        writer.WriteNumber("run_id", facts.Key.RunId);
        writer.WriteNumber("run_attempt", facts.Key.Attempt);
        writer.WriteString("phase", WireNames.Of(turn.Usage.Phase));
        writer.WriteString("agent", told?.Agent);
        writer.WriteString("session_id", told?.SessionId);
        Number(writer, "turn", told?.Number);
        Time(writer, "started_at", told?.StartedAt);
        Time(writer, "ended_at", told?.EndedAt);
        writer.WriteNumber("requests", turn.Requests);
        writer.WriteNumber("input_tokens", turn.Tokens.Input);
        writer.WriteNumber("output_tokens", turn.Tokens.Output);
        writer.WriteNumber("cache_read_tokens", turn.Tokens.CacheRead);
        writer.WriteNumber("cache_write_5m_tokens", turn.Tokens.CacheWrite5m);
        writer.WriteNumber("cache_write_1h_tokens", turn.Tokens.CacheWrite1h);
        writer.WriteNumber("spread_tokens", turn.Usage.SpreadTokens);
        Number(
            writer, "estimated_ai_credits",
            turn.EstimatedAiCredits is { } credits ? ExactDecimalConverter.Trim(credits) : null);
        writer.WriteString("unpriced", turn.Unpriced is { } reason ? WireNames.Of(reason) : null);
        writer.WriteString("link", turn.Usage.Link is { } link ? WireNames.Of(link) : null);
        writer.WriteBoolean("inferred", turn.IsInferred);
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? value) => writer.WriteString(
        name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
