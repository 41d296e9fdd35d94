using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Writes what GitHub says of a run as one more evidence file, so that a run's rows stay a function of its archive
/// alone. Equal facts are equal bytes.
/// </summary>
public static class WorkflowRunFile
{
    /// <summary>The file's name in the archive.</summary>
    public const string FileName = "workflow_run.json";

    /// <summary>The upload that it is archived under.</summary>
    public const string UploadName = "github";

    internal const string Schema = "tokenledger/workflow-run/v1";

    /// <summary>The file of these facts.</summary>
    public static EvidenceFile Create(WorkflowRunFacts facts) =>
        RecordFile.Create(FileName, writer => Write(writer, facts));

    /// <summary>Whether an archived file lies where the webhook's record of an attempt lies.</summary>
    public static bool IsRecord(ArchivedFile file) =>
        file.File.Path.EndsWith($"/{UploadName}/{FileName}", StringComparison.Ordinal);

    /// <summary>What such a file says; null when it is another kind of file or names no run.</summary>
    internal static WorkflowRunFacts? Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return null;
        var root = document.RootElement;
        if (!string.Equals(root.TextOf("schema"), Schema, StringComparison.Ordinal))
            return null;
        var run = RunIdentity.Of(
            root.TextOf("host"), root.TextOf("repository"), root.WholeOf("runId"), root.WholeOf("attempt"),
            root.WholeOf("repositoryId"));
        if (run is null)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.IdentityInvalid,
                "The file names no run that GitHub can have; take it from the webhook again."));
            return null;
        }

        return new WorkflowRunFacts(run)
        {
            WorkflowName = root.TextOf("workflowName"),
            WorkflowPath = WorkflowPaths.Of(root.TextOf("workflowPath")),
            Event = root.TextOf("event"),
            Conclusion = root.TextOf("conclusion"),
            Actor = root.TextOf("actor"),
            TriggeringActor = root.TextOf("triggeringActor"),
            PullRequest = root.WholeOf("pullRequest"),
            HasSeveralPullRequests = root.TryGetProperty("severalPullRequests", out var several)
                && several.ValueKind == JsonValueKind.True,
            HeadBranch = root.TextOf("headBranch"),
            StartedAt = root.TimeOf("startedAt"),
        };
    }

    private static void Write(Utf8JsonWriter writer, WorkflowRunFacts facts)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("host", facts.Run.Host);
        writer.WriteString("repository", facts.Run.Repository);
        Write(writer, "repositoryId", facts.Run.RepositoryId);
        writer.WriteNumber("runId", facts.Run.RunId);
        writer.WriteNumber("attempt", facts.Run.Attempt);
        Write(writer, "workflowName", facts.WorkflowName);
        Write(writer, "workflowPath", facts.WorkflowPath);
        Write(writer, "event", facts.Event);
        Write(writer, "conclusion", facts.Conclusion);
        Write(writer, "actor", facts.Actor);
        Write(writer, "triggeringActor", facts.TriggeringActor);
        Write(writer, "pullRequest", facts.PullRequest);
        if (facts.HasSeveralPullRequests)
            writer.WriteBoolean("severalPullRequests", true);
        Write(writer, "headBranch", facts.HeadBranch);
        Write(writer, "startedAt", facts.StartedAt?.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static void Write(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } known)
            writer.WriteNumber(name, known);
    }
}
