using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Outcomes;

/// <summary>What a run attempt created or worked on. Pure; order and repetition change nothing.</summary>
/// <param name="Run">The run attempt.</param>
/// <param name="Links">One a subject and relation, ordered by both.</param>
/// <param name="HeadBranch">The branch that the run was on; null when nobody said.</param>
/// <param name="Unlinked">Why things stay without a link, one entry each, in order.</param>
public sealed record RunWork(
    RunKey Run, IReadOnlyList<WorkLink> Links, string? HeadBranch, IReadOnlyList<UnlinkedReason> Unlinked)
{
    /// <summary>What is known of a run's work.</summary>
    /// <param name="run">The run attempt.</param>
    /// <param name="items">The safe outputs that its files tell of.</param>
    /// <param name="headBranch">Its branch; null when nobody said.</param>
    public static RunWork Of(RunFacts run, IEnumerable<ReportedItem> items, string? headBranch)
    {
        var links = new List<WorkLink>();
        var unlinked = new List<UnlinkedReason>();
        // Both files tell of the same outputs.
        foreach (var item in items.OrderBy(item => item.Source).DistinctBy(item => item with { Source = default }))
        {
            if (RelationOf(item.Type) is not { } relation)
                continue;
            if (SubjectOf(run, item, out var reason) is { } subject)
                links.Add(new WorkLink(subject, KindOf(item), relation, item.Source));
            else
                unlinked.Add(reason);
        }

        if (run.PullRequest is { } number)
        {
            var subject = WorkSubject.Of(run.Key.Host, run.Repository, number);
            // Who reviews a pull request runs for it too: what it did there says more.
            if (links.All(link => link.Subject != subject))
                links.Add(new WorkLink(subject, WorkKind.PullRequest, WorkRelation.WorkedOn, WorkSource.RunFacts));
        }
        else if (run.PullRequestAbsence == PullRequestAbsence.Several)
        {
            unlinked.Add(UnlinkedReason.SeveralPullRequests);
        }

        return new RunWork(run.Key, InOrder(links), headBranch, [.. unlinked.Order()]);
    }

    /// <summary>The same with the pull request whose head branch the run was on, where it is one alone.</summary>
    /// <param name="headBranch">Numbers of the repository's pull requests that have the run's branch as head.</param>
    /// <param name="repository">The run's repository as <c>owner/name</c>.</param>
    public RunWork WithBranch(IReadOnlyCollection<long> headBranch, string repository)
    {
        if (headBranch.Count > 1)
        {
            // What the run is linked to otherwise needs no branch.
            return Links.Count > 0 ? this : this with { Unlinked = [.. Unlinked, UnlinkedReason.SharedBranch] };
        }

        if (headBranch.Count == 0)
            return this;
        var subject = WorkSubject.Of(Run.Host, repository, headBranch.Single());
        return Links.Any(link => link.Subject == subject) ? this : this with
        {
            Links = InOrder(
                [.. Links, new(subject, WorkKind.PullRequest, WorkRelation.WorkedOn, WorkSource.HeadBranch)]),
        };
    }

    // One subject and relation once, told by the surest source that tells it.
    private static IReadOnlyList<WorkLink> InOrder(IEnumerable<WorkLink> links) =>
    [
        .. links
            .GroupBy(link => (link.Subject, link.Relation))
            .Select(same => same.OrderBy(link => link.Source).First() with
            {
                Kind = same.Select(link => link.Kind).Distinct().Where(kind => kind is not null).ToList() is [var one]
                    ? one : null,
            })
            .OrderBy(link => link.Subject).ThenBy(link => link.Relation),
    ];

    private static WorkSubject? SubjectOf(RunFacts run, ReportedItem item, out UnlinkedReason reason)
    {
        reason = UnlinkedReason.NoNumber;
        if ((item.Number ?? item.Addressed?.Number) is not { } number || number < 1)
            return null;
        var named = WorkSubject.Of(
            item.Addressed?.Host ?? run.Key.Host,
            item.Repository ?? item.Addressed?.Repository ?? run.Repository, number);
        reason = UnlinkedReason.Contradiction;
        return item.Addressed is { } addressed && addressed != named ? null : named;
    }

    private static WorkKind? KindOf(ReportedItem item) =>
        item.AddressedKind ?? (item.Type.Contains("pull_request", StringComparison.Ordinal) ? WorkKind.PullRequest
            : item.Type.Contains("issue", StringComparison.Ordinal) ? WorkKind.Issue
            : null);

    // Types as gh-aw documents its safe outputs (2026-10); those that are not here touch neither.
    private static WorkRelation? RelationOf(string type) => type switch
    {
        "create_pull_request" or "create_issue" => WorkRelation.Created,
        "push_to_pull_request_branch" or "update_pull_request" or "update_issue" or "close_pull_request"
            or "close_issue" or "mark_pull_request_as_ready_for_review" => WorkRelation.WorkedOn,
        "create_pull_request_review_comment" or "submit_pull_request_review"
            or "reply_to_pull_request_review_comment" or "resolve_pull_request_review_thread" => WorkRelation.Reviewed,
        "add_comment" => WorkRelation.Commented,
        _ => null,
    };
}
