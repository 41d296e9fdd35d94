using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Reads <c>aw_info.json</c>.</summary>
internal static class AwInfoReader
{
    private const string BranchPrefix = "refs/heads/";

    /// <summary>What the file says; null after reporting why it says nothing.</summary>
    public static AwInfo? Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return null;
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return Of(document.RootElement);
        onProblem(new InputProblem(file.Path, null, EvidenceCodes.FileNotJson,
            "aw_info.json is not a JSON object; fetch it again."));
        return null;
    }

    private static AwInfo Of(JsonElement root)
    {
        var context = root.Child("context") ?? default;
        var routing = root.Child("model_routing") ?? default;
        return new AwInfo
        {
            Host = HostOf(root, "server_url", "html_url", "run_url", "url")
                ?? HostOf(context, "server_url", "html_url", "run_url", "url"),
            Repository = root.TextOf("repository") ?? context.TextOf("repo"),
            RepositoryId = root.WholeOf("repository_id") ?? root.Child("github")?.WholeOf("repository_id"),
            RunId = root.WholeOf("run_id") ?? context.WholeOf("run_id"),
            Attempt = root.WholeOf("run_attempt"),
            WorkflowName = root.TextOf("workflow_name"),
            WorkflowPath = WorkflowPaths.Of(root.TextOf("workflow_path") ?? context.TextOf("workflow_id")),
            Engine = root.TextOf("engine_id"),
            Model = root.TextOf("routed_model") ?? root.TextOf("model"),
            Event = root.TextOf("event_name"),
            Actor = root.TextOf("actor"),
            PullRequest = context.TextOf("item_type") is "pull_request" ? context.WholeOf("item_number") : null,
            Issue = context.TextOf("item_type") is "issue" && context.WholeOf("item_number") is > 0 and var issue
                ? issue
                : null,
            HeadBranch = BranchOf(root.TextOf("ref"), root.TextOf("event_name")),
            CreatedAt = root.TimeOf("created_at"),
            FirewallVersion = root.TextOf("awf_version") ?? root.TextOf("firewall_version"),
            CompilerVersion = root.TextOf("cli_version"),
            RoutedProvider = routing.TextOf("provider"),
        };
    }

    // The ref of a pull request's run is its merge, or the branch it goes to: neither is the one it was on.
    private static string? BranchOf(string? reference, string? startedBy) =>
        reference?.StartsWith(BranchPrefix, StringComparison.Ordinal) == true && reference.Length > BranchPrefix.Length
        && startedBy?.StartsWith("pull_request", StringComparison.Ordinal) == false
            ? reference[BranchPrefix.Length..]
            : null;

    private static string? HostOf(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Uri.TryCreate(element.TextOf(name), UriKind.Absolute, out var address)
                && address.Scheme is "https" && RunNames.IsHost(address.Host))
                return address.Host.ToLowerInvariant();
        }

        return null;
    }
}
