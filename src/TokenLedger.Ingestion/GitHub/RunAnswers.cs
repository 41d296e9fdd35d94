using System.Runtime.InteropServices;
using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Ingestion.GitHub;

/// <summary>
/// Reads what GitHub's API answers about runs, artifacts and jobs. Fields as GitHub documents them, read 2026-11; an
/// item that misses one it needs is left out and counted, and an answer of another form is null.
/// </summary>
public static class RunAnswers
{
    private const int MaximumDepth = 64;
    private const string Completed = "completed";

    /// <summary>One run attempt; null when the answer is none.</summary>
    public static FoundRun? ReadRun(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                ? Found(WorkflowRunReader.ReadRunObject(ref reader))
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A page of runs; null when the answer is none.</summary>
    public static RunPage? ReadRuns(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document?.RootElement is not { } root || Items(root, "workflow_runs") is not { } items)
            return null;
        var runs = items.Select(item => ReadRun(JsonMarshal.GetRawUtf8Value(item))).OfType<FoundRun>().ToList();
        return new RunPage(runs, items.Count, root.WholeOf("total_count") ?? items.Count);
    }

    /// <summary>A page of artifacts; null when the answer is none.</summary>
    public static ArtifactPage? ReadArtifacts(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document?.RootElement is not { } root || Items(root, "artifacts") is not { } items)
            return null;
        var artifacts = items.Select(ArtifactOf).OfType<RunArtifact>().ToList();
        return new ArtifactPage(artifacts, items.Count, root.WholeOf("total_count") ?? items.Count);
    }

    /// <summary>The minutes of a page of jobs, and how many jobs it has; null when the answer is none.</summary>
    public static JobPage? ReadJobs(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document?.RootElement is not { } root || Items(root, "jobs") is not { } items)
            return null;
        var minutes = 0L;
        foreach (var job in items)
        {
            // A job that was skipped or never found a runner has no times, or two equal ones.
            if (job.TimeOf("started_at") is { } startedAt && job.TimeOf("completed_at") is { } completedAt)
                minutes = checked(minutes + JobMinutes.Of(startedAt, completedAt));
        }

        return new JobPage(minutes, items.Count, root.WholeOf("total_count") ?? items.Count);
    }

    private static FoundRun? Found(WorkflowRunFields run)
    {
        var identity = RunIdentity.Of(
            run.Host ?? RunKey.PublicHost, run.RepositoryName, run.Id, run.Attempt ?? 1, run.RepositoryId);
        return identity is null || (run.CreatedAt ?? run.StartedAt) is not { } createdAt
            ? null
            : new FoundRun(
                run.FactsOf(identity), string.Equals(run.Status, Completed, StringComparison.Ordinal), createdAt)
            {
                UpdatedAt = run.UpdatedAt,
            };
    }

    private static RunArtifact? ArtifactOf(JsonElement item) =>
        item.WholeOf("id") is { } id and > 0 && item.TextOf("name") is { } name
            ? new RunArtifact(
                id, name, item.WholeOf("size_in_bytes") is { } bytes and >= 0 ? bytes : 0,
                item.Child("expired") is { ValueKind: JsonValueKind.True }, item.TimeOf("created_at"))
            : null;

    private static List<JsonElement>? Items(JsonElement root, string name) =>
        root.Child(name) is { ValueKind: JsonValueKind.Array } items
            ? [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : null;

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonText.Parse(body, MaximumDepth);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
