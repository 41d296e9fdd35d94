using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>Judges an answer as the host does (read from its source and measured, 2026-11).</summary>
public static class AnswerJudge
{
    public static Judgement Judge(HttpStatusCode status, MediaTypeHeaderValue? type, ReadOnlyMemory<byte> body)
    {
        if ((int)status is < 200 or > 299)
            return Judgement.Failed($"status {(int)status}");
        if (status == HttpStatusCode.NoContent || body.IsEmpty)
            return Judgement.Hung($"status {(int)status} without a body");
        if (type?.MediaType is not ("application/json" or "text/json"))
            return Judgement.Failed($"content type {type?.MediaType ?? "missing"}");
        try
        {
            using var document = JsonDocument.Parse(body);
            return Judge(document.RootElement);
        }
        catch (JsonException)
        {
            return Judgement.Failed("the body is no JSON");
        }
    }

    private static Judgement Judge(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Null)
            return Judgement.Hung("the body is null");
        if (root.ValueKind != JsonValueKind.Object)
            return Judgement.Failed("the body is no object");
        var logs = new List<string>();
        foreach (var property in root.EnumerateObject())
        {
            var isNull = property.Value.ValueKind == JsonValueKind.Null;
            if (Is(property, "Outputs") && !isNull && property.Value.ValueKind != JsonValueKind.Object)
                return Judgement.Failed("Outputs is no object");
            if (!Is(property, "Logs") || isNull)
                continue;
            if (property.Value.ValueKind != JsonValueKind.Array)
                return Judgement.Failed("Logs is no array");
            logs.AddRange(property.Value.EnumerateArray().Select(line => line.ToString()));
        }

        return new(Verdict.Succeeded, null, logs);
    }

    private static bool Is(JsonProperty property, string name) =>
        string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
}
