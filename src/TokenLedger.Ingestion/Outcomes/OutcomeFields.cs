using System.Text.Json;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>
/// The few needed fields of pull requests and issues, alike in webhooks and in answers of the API. Fields as GitHub
/// documents them, read 2026-11.
/// </summary>
internal static class OutcomeFields
{
    private const string Open = "open";
    private const string Bot = "Bot";
    private const int LongTextMax = 20_000;

    // Bots that keep dependencies: they open more pull requests than all agents, and none of them is work of a run.
    private static readonly string[] OtherBots = ["dependabot[bot]", "renovate[bot]", "github-merge-queue[bot]"];

    // Branches as coding agents name theirs (their documentation, 2026-10).
    private static readonly string[] AgentBranches = ["copilot/", "claude/", "codex/", "agent/", "gh-aw/", "agentic/"];

    /// <summary>The snapshot; null where a needed field is missing.</summary>
    public static OutcomeSnapshot? Snapshot(JsonElement item, WorkKind kind)
    {
        if (item.TextOf("state") is not { } state
            || (item.TimeOf("updated_at") ?? item.TimeOf("created_at")) is not { } at)
            return null;
        return new OutcomeSnapshot(at, kind, string.Equals(state, Open, StringComparison.Ordinal))
        {
            CreatedAt = item.TimeOf("created_at"),
            ClosedAt = item.TimeOf("closed_at"),
            MergedAt = item.TimeOf("merged_at"),
            Author = item.Child("user")?.TextOf("login"),
            MergedBy = item.Child("merged_by")?.TextOf("login"),
            Additions = Count(item, "additions"),
            Deletions = Count(item, "deletions"),
            ChangedFiles = Count(item, "changed_files"),
            ReviewComments = Count(item, "review_comments"),
            HeadBranch = HeadBranch(item),
            MergeCommit = Sha(item.TextOf("merge_commit_sha")),
        };
    }

    /// <summary>Whether a bot that may be an agent opened it, or its branch is named so.</summary>
    public static bool MayBeAgents(JsonElement item)
    {
        var user = item.Child("user");
        var login = user?.TextOf("login");
        if (login is not null && OtherBots.Contains(login, StringComparer.OrdinalIgnoreCase))
            return false;
        var branch = HeadBranch(item);
        return string.Equals(user?.TextOf("type"), Bot, StringComparison.Ordinal)
            || (branch is not null
                && AgentBranches.Any(prefix => branch.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The host of an item's own page.</summary>
    public static string HostOf(JsonElement item) =>
        Uri.TryCreate(item.TextOf("html_url"), UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" && RunNames.IsHost(address.Host)
            ? address.Host.ToLowerInvariant()
            : RunKey.PublicHost;

    /// <summary>The beginning of a text that people write at length; null where there is none.</summary>
    public static string? LongText(JsonElement item, string name) =>
        item.Child(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text
            ? text[..Math.Min(text.Length, LongTextMax)]
            : null;

    /// <summary>A commit's SHA in lower case; null for anything else.</summary>
    public static string? Sha(string? text) =>
        text is { Length: 40 } && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    // A fork's branch of the same name is another; runs of the default branch belong to no pull request.
    private static string? HeadBranch(JsonElement item)
    {
        if (item.Child("head") is not { } head || head.Child("repo") is not { } repository
            || repository.WholeOf("id") is not { } id || item.Child("base")?.Child("repo")?.WholeOf("id") != id)
            return null;
        var branch = head.TextOf("ref");
        return string.Equals(branch, repository.TextOf("default_branch"), StringComparison.Ordinal) ? null : branch;
    }

    private static long? Count(JsonElement item, string name) =>
        item.WholeOf(name) is { } count and >= 0 and < int.MaxValue ? count : null;
}
