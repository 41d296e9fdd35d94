using System.Text.Json;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Reads one run of <c>gh aw logs --json</c> (both shapes), of <c>gh aw audit --json</c>, or
/// <c>run_summary.json</c>.
/// </summary>
internal static class RunSummaryReader
{
    // A run uses a handful of models; a summary that lists more is no summary.
    private const int MaximumModels = 1_000;

    /// <summary>What the file says; null after reporting why it says nothing.</summary>
    public static RunSummary? Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return null;
        try
        {
            return Of(document.RootElement);
        }
        catch (FormatException fault)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.WrongFigure,
                $"The summary's {fault.Message} is no count of tokens; fetch the summary again."));
            return null;
        }
    }

    private static RunSummary Of(JsonElement root)
    {
        var run = root.Child("overview") ?? root.Child("run") ?? root;
        var usage = root.Child("token_usage_summary") ?? root.Child("firewall_token_usage") ?? default;
        var address = AddressOf(run.TextOf("url") ?? run.TextOf("html_url"));
        return new RunSummary
        {
            Host = address.Host,
            Repository = run.TextOf("repository") ?? address.Repository,
            RunId = run.WholeOf("run_id") ?? run.WholeOf("database_id") ?? run.WholeOf("databaseId")
                ?? root.WholeOf("run_id") ?? address.RunId,
            Attempt = run.WholeOf("run_attempt") ?? run.WholeOf("attempt"),
            WorkflowName = run.TextOf("workflow_name") ?? run.TextOf("workflowName"),
            WorkflowPath = WorkflowPaths.Of(run.TextOf("workflow_path") ?? run.TextOf("workflowPath")),
            Engine = run.TextOf("engine_id") ?? run.TextOf("agent"),
            Event = run.TextOf("event") ?? run.TextOf("event_name"),
            Actor = run.TextOf("actor"),
            HeadBranch = run.TextOf("branch") ?? run.TextOf("head_branch") ?? run.TextOf("headBranch"),
            Conclusion = run.TextOf("conclusion"),
            StartedAt = run.TimeOf("started_at") ?? run.TimeOf("created_at") ?? run.TimeOf("createdAt"),
            AiCredits = run.AmountOf("aic") ?? root.Child("metrics")?.AmountOf("aic"),
            Models = ModelsOf(usage),
        };
    }

    private static List<SummaryModel> ModelsOf(JsonElement usage)
    {
        var models = new List<SummaryModel>();
        if (usage.Child("by_model") is not { ValueKind: JsonValueKind.Object } byModel)
            return models;
        foreach (var model in byModel.EnumerateObject().Take(MaximumModels))
            models.Add(ModelOf(model.Value, model.Name));
        return models;
    }

    /// <summary>The counts of one object in the spelling of the usage record.</summary>
    /// <exception cref="FormatException">A count is negative, fractional or no number.</exception>
    public static SummaryModel ModelOf(JsonElement counts, string model) => new(
        counts.TextOf("provider"),
        model,
        counts.TokensOf("input_tokens"),
        counts.TokensOf("output_tokens"),
        counts.TokensOf("cache_read_tokens"),
        counts.TokensOf("cache_write_tokens"),
        counts.TokensOf("reasoning_tokens"),
        counts.TokensOf("requests"));

    private static (string? Host, string? Repository, long? RunId) AddressOf(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not "https"
            || !RunNames.IsHost(address.Host)
            || address.AbsolutePath.Split('/') is not ["", var owner, var name, "actions", "runs", var id, ..])
            return default;
        var isRun = long.TryParse(id, System.Globalization.NumberStyles.None, null, out var runId);
        return (address.Host.ToLowerInvariant(), $"{owner}/{name}", isRun ? runId : null);
    }
}
