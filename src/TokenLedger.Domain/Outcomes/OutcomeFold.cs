namespace TokenLedger.Domain.Outcomes;

/// <summary>Outcome = fold(facts). Order and repetition of facts change nothing.</summary>
public static class OutcomeFold
{
    /// <summary>The outcome; null where no snapshot tells what it is.</summary>
    /// <param name="subject">The pull request or issue.</param>
    /// <param name="facts">Everything told of it, in any order.</param>
    public static Outcome? Of(WorkSubject subject, IEnumerable<OutcomeFact> facts)
    {
        // Records are compared by value; the text is the last word between two that are of one time.
        var told = facts.Distinct()
            .OrderBy(fact => fact.At).ThenBy(fact => fact.ToString(), StringComparer.Ordinal).ToList();
        var snapshots = told.OfType<OutcomeSnapshot>().ToList();
        if (snapshots.Count == 0)
            return null;
        var last = snapshots[^1];
        // A merge cannot be undone: a snapshot that lacks it tells less.
        var mergedAt = Last(snapshots, snapshot => snapshot.MergedAt);
        var revert = mergedAt is null ? null : told.OfType<RevertFact>().FirstOrDefault();
        return new Outcome
        {
            Subject = subject,
            Kind = snapshots.Exists(snapshot => snapshot.Kind == WorkKind.PullRequest)
                ? WorkKind.PullRequest : WorkKind.Issue,
            State = (mergedAt, revert) switch
            {
                (not null, not null) => OutcomeState.Reverted,
                (not null, null) => OutcomeState.Merged,
                _ => last.IsOpen ? OutcomeState.Open : OutcomeState.Closed,
            },
            CreatedAt = Last(snapshots, snapshot => snapshot.CreatedAt),
            // Opened again it is closed no more.
            ClosedAt = last.IsOpen && mergedAt is null ? null : Last(snapshots, snapshot => snapshot.ClosedAt),
            MergedAt = mergedAt,
            Author = snapshots.FindLast(snapshot => snapshot.Author is not null)?.Author,
            MergedBy = snapshots.FindLast(snapshot => snapshot.MergedBy is not null)?.MergedBy,
            Additions = Last(snapshots, snapshot => snapshot.Additions),
            Deletions = Last(snapshots, snapshot => snapshot.Deletions),
            ChangedFiles = Last(snapshots, snapshot => snapshot.ChangedFiles),
            ReviewComments = Last(snapshots, snapshot => snapshot.ReviewComments),
            AcceptedReviewComments = AcceptedOf(told),
            RevertedBy = revert?.By,
            HeadBranch = snapshots.FindLast(snapshot => snapshot.HeadBranch is not null)?.HeadBranch,
            // Before the merge it is that of a trial.
            MergeCommit = mergedAt is null ? null
                : snapshots.FindLast(
                    snapshot => snapshot.MergedAt is not null && snapshot.MergeCommit is not null)?.MergeCommit,
            LastEventAt = told[^1].At,
        };
    }

    private static T? Last<T>(List<OutcomeSnapshot> snapshots, Func<OutcomeSnapshot, T?> of)
        where T : struct
    {
        for (var at = snapshots.Count - 1; at >= 0; at--)
        {
            if (of(snapshots[at]) is { } known)
                return known;
        }

        return null;
    }

    private static long? AcceptedOf(List<OutcomeFact> told)
    {
        var threads = told.OfType<ReviewThreadFact>()
            .GroupBy(fact => fact.Thread, StringComparer.Ordinal).Select(thread => thread.Last()).ToList();
        return threads.Count == 0 ? null
            : threads.Where(thread => thread.IsResolved)
                .Aggregate(0L, (sum, thread) => checked(sum + thread.Comments));
    }
}
