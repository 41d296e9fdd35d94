using System.Text.Json;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>Reads the bodies of events that tell what has become of pull requests and issues.</summary>
public static class OutcomeEventReader
{
    private const int MaximumDepth = 64;
    private const string Push = "push";
    private const string Thread = "pull_request_review_thread";

    // Of a label or an assignee nothing here changes.
    private static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["pull_request"] = ["opened", "closed", "reopened", "edited", "synchronize"],
        ["pull_request_review"] = ["submitted", "dismissed"],
        ["pull_request_review_comment"] = ["created", "deleted"],
        [Thread] = ["resolved", "unresolved"],
        ["issues"] = ["opened", "closed", "reopened"],
        [Push] = [],
    };

    /// <summary>Whether events of this name are read.</summary>
    public static bool Reads(string eventName) => Actions.ContainsKey(eventName);

    /// <summary>What the body says. Never throws for what is in it.</summary>
    /// <param name="eventName"><c>X-GitHub-Event</c>, one that is read.</param>
    /// <param name="body">The whole body, JSON in UTF-8.</param>
    public static OutcomeReading Read(string eventName, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonText.Parse(body, MaximumDepth);
            return document.RootElement.ValueKind != JsonValueKind.Object
                ? OutcomeReading.Refuse("The body is no JSON object.")
                : string.Equals(eventName, Push, StringComparison.Ordinal) ? ReadPush(document.RootElement)
                : ReadItem(eventName, document.RootElement);
        }
        catch (JsonException)
        {
            return OutcomeReading.Refuse("The body is no JSON, is cut off, or is nested too deep.");
        }
    }

    /// <summary>A pull request or issue as the API shows it; null when the answer is none.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="repository">The repository that was asked for, as <c>owner/name</c>.</param>
    public static OutcomeEvent? ReadAnswer(ReadOnlyMemory<byte> body, string repository)
    {
        try
        {
            using var document = JsonText.Parse(body, MaximumDepth);
            var item = document.RootElement;
            var kind = item.Child("head") is null ? WorkKind.Issue : WorkKind.PullRequest;
            return Of(item, kind, repository) is { } told
                ? told with { IsPullRequest = item.Child("pull_request") is not null }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OutcomeReading ReadItem(string eventName, JsonElement root)
    {
        if (root.TextOf("action") is not { } action)
            return OutcomeReading.Refuse("action is missing or no text.");
        if (!Actions[eventName].Contains(action, StringComparer.Ordinal))
            return OutcomeReading.Ignore("the action changes nothing that the ledger keeps");
        var kind = string.Equals(eventName, "issues", StringComparison.Ordinal)
            ? WorkKind.Issue : WorkKind.PullRequest;
        var name = kind == WorkKind.Issue ? "issue" : "pull_request";
        if (root.Child(name) is not { ValueKind: JsonValueKind.Object } item)
            return OutcomeReading.Refuse($"{name} is missing or no object.");
        if (root.Child("repository")?.TextOf("full_name") is not { } repository)
            return OutcomeReading.Refuse("repository.full_name is missing or no text.");
        if (Of(item, kind, repository) is not { } told)
            return OutcomeReading.Refuse($"{name} names no number, state or time that GitHub can have.");
        if (string.Equals(eventName, Thread, StringComparison.Ordinal))
        {
            if (ThreadOf(root, item, action) is not { } thread)
                return OutcomeReading.Refuse("thread is missing, or names no comment.");
            told = told with { Facts = [.. told.Facts, new PlacedFact(told.Facts[0].Place, thread)] };
        }

        return OutcomeReading.Of(told);
    }

    private static OutcomeEvent? Of(JsonElement item, WorkKind kind, string repository)
    {
        var host = OutcomeFields.HostOf(item);
        if (OutcomePlace.OfNumber(host, repository, item.WholeOf("number")) is not { } place
            || OutcomeFields.Snapshot(item, kind) is not { } snapshot)
            return null;
        List<PlacedFact> facts = [new(place, snapshot)];
        // A revert counts when it is merged.
        if (snapshot.MergedAt is { } at
            && RevertText.RevertedNumber(
                repository, item.TextOf("title"), OutcomeFields.LongText(item, "body")) is { } reverted
            && OutcomePlace.OfNumber(host, repository, reverted) is { } other)
            facts.Add(new PlacedFact(other, new RevertFact(at, FormattableString.Invariant($"#{place.Number}"))));
        return new OutcomeEvent(facts, OutcomeFields.MayBeAgents(item));
    }

    private static ReviewThreadFact? ThreadOf(JsonElement root, JsonElement item, string action)
    {
        if (root.Child("thread") is not { } thread
            || thread.Child("comments") is not { ValueKind: JsonValueKind.Array } comments
            || comments.GetArrayLength() == 0
            || comments[0].WholeOf("id") is not { } first
            || (root.TimeOf("updated_at") ?? item.TimeOf("updated_at")) is not { } at)
            return null;
        return new ReviewThreadFact(
            at, FormattableString.Invariant($"{first}"),
            string.Equals(action, "resolved", StringComparison.Ordinal), comments.GetArrayLength());
    }

    private static OutcomeReading ReadPush(JsonElement root)
    {
        var repository = root.Child("repository");
        // Only what is on the default branch undoes what was merged.
        if (repository is not { } named || root.TextOf("ref") is not { } branch
            || !string.Equals(branch, "refs/heads/" + named.TextOf("default_branch"), StringComparison.Ordinal)
            || root.Child("commits") is not { ValueKind: JsonValueKind.Array } commits)
            return OutcomeReading.Ignore("the push is not to the default branch");
        var host = OutcomeFields.HostOf(named);
        var facts =
            from commit in commits.EnumerateArray()
            let commitId = OutcomeFields.Sha(commit.TextOf("id"))
            let at = commit.TimeOf("timestamp")
            where commitId is not null && at is not null
            from sha in RevertText.RevertedCommits(OutcomeFields.LongText(commit, "message"))
            let place = OutcomePlace.OfCommit(host, named.TextOf("full_name"), sha)
            where place is not null
            select new PlacedFact(place, new RevertFact(at.Value, commitId));
        List<PlacedFact> found = [.. facts];
        return found.Count == 0
            ? OutcomeReading.Ignore("the push reverts nothing")
            : OutcomeReading.Of(new OutcomeEvent(found, MayBeAgents: false));
    }
}
