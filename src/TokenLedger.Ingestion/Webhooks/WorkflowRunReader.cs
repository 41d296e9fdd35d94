using System.Text.Json;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>
/// Reads the few needed fields of a <c>workflow_run</c> body and passes over the rest without keeping any of it.
/// </summary>
/// <remarks>
/// Fields as GitHub documents them, read 2026-11. Of a name that occurs twice the last one counts, as in other readers.
/// </remarks>
public static class WorkflowRunReader
{
    // The deepest real body has 6 levels.
    private const int MaximumDepth = 64;

    /// <summary>What the body says. Never throws for what is in it.</summary>
    /// <param name="body">The whole body, JSON in UTF-8.</param>
    public static WorkflowRunReading Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return WorkflowRunReading.Refuse("The body is no JSON object.");
            var draft = new WorkflowRunDraft();
            ReadRoot(ref reader, draft);
            // Anything behind the object makes it another document.
            reader.Read();
            return draft.Finish();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is text that is not UTF-8 or half a surrogate pair.
            return WorkflowRunReading.Refuse("The body is no JSON, is cut off, or is nested too deep.");
        }
    }

    private static void ReadRoot(ref Utf8JsonReader reader, WorkflowRunDraft draft)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("action"u8))
                draft.Action = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("workflow_run"u8))
                draft.Run = ReadRun(ref reader);
            else if (reader.ValueTextEquals("repository"u8))
                (draft.RepositoryId, draft.RepositoryName, draft.RepositoryHost) = ReadRepository(ref reader);
            else if (reader.ValueTextEquals("installation"u8))
                draft.InstallationId = ReadInstallation(ref reader);
            else
                reader.Skip();
        }
    }

    private static WorkflowRunFields? ReadRun(ref Utf8JsonReader reader) =>
        JsonValues.Enter(ref reader, JsonTokenType.StartObject) ? ReadRunObject(ref reader) : null;

    /// <summary>The fields of a run; the reader stands on the object's start and is left on its end.</summary>
    internal static WorkflowRunFields ReadRunObject(ref Utf8JsonReader reader)
    {
        var run = new WorkflowRunFields();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                run.Id = JsonValues.Whole(ref reader);
            else if (reader.ValueTextEquals("run_attempt"u8))
                run.Attempt = JsonValues.Whole(ref reader);
            else if (reader.ValueTextEquals("name"u8))
                run.Name = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("path"u8))
                run.Path = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("event"u8))
                run.Event = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("conclusion"u8))
                run.Conclusion = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("head_branch"u8))
                run.HeadBranch = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("run_started_at"u8))
                run.StartedAt = JsonValues.Time(ref reader);
            else if (reader.ValueTextEquals("created_at"u8))
                run.CreatedAt = JsonValues.Time(ref reader);
            else if (reader.ValueTextEquals("updated_at"u8))
                run.UpdatedAt = JsonValues.Time(ref reader);
            else if (reader.ValueTextEquals("actor"u8))
                run.Actor = ReadLogin(ref reader);
            else if (reader.ValueTextEquals("triggering_actor"u8))
                run.TriggeringActor = ReadLogin(ref reader);
            else if (reader.ValueTextEquals("html_url"u8))
                run.Host = JsonValues.Host(ref reader);
            else if (reader.ValueTextEquals("pull_requests"u8))
                (run.PullRequest, run.HasSeveralPullRequests) = ReadPullRequests(ref reader);
            else if (reader.ValueTextEquals("status"u8))
                run.Status = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("repository"u8))
                (run.RepositoryId, run.RepositoryName, _) = ReadRepository(ref reader);
            else
                reader.Skip();
        }

        return run;
    }

    private static (long? Id, string? Name, string? Host) ReadRepository(ref Utf8JsonReader reader)
    {
        (long? Id, string? Name, string? Host) repository = default;
        if (!JsonValues.Enter(ref reader, JsonTokenType.StartObject))
            return repository;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                repository.Id = JsonValues.Whole(ref reader);
            else if (reader.ValueTextEquals("full_name"u8))
                repository.Name = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("html_url"u8))
                repository.Host = JsonValues.Host(ref reader);
            else
                reader.Skip();
        }

        return repository;
    }

    private static long? ReadInstallation(ref Utf8JsonReader reader)
    {
        if (!JsonValues.Enter(ref reader, JsonTokenType.StartObject))
            return null;
        long? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                id = JsonValues.Whole(ref reader);
            else
                reader.Skip();
        }

        return id;
    }

    private static string? ReadLogin(ref Utf8JsonReader reader)
    {
        if (!JsonValues.Enter(ref reader, JsonTokenType.StartObject))
            return null;
        string? login = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("login"u8))
                login = JsonValues.Text(ref reader);
            else
                reader.Skip();
        }

        return login;
    }

    // Of several pull requests with one head nobody can say which the run was for.
    private static (long? Only, bool AreSeveral) ReadPullRequests(ref Utf8JsonReader reader)
    {
        if (!JsonValues.Enter(ref reader, JsonTokenType.StartArray))
            return default;
        long? first = null;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isFirst = count == 0;
            count = isFirst ? 1 : 2;
            if (isFirst && reader.TokenType == JsonTokenType.StartObject)
                first = ReadNumber(ref reader);
            else
                reader.Skip();
        }

        return count == 1 ? (first, false) : (null, count > 1);
    }

    private static long? ReadNumber(ref Utf8JsonReader reader)
    {
        long? number = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("number"u8))
                number = JsonValues.Whole(ref reader);
            else
                reader.Skip();
        }

        return number is > 0 ? number : null;
    }
}
