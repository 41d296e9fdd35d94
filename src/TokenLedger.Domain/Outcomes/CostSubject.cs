namespace TokenLedger.Domain.Outcomes;

/// <summary>
/// The pull request that a run's cost goes to: the one it created, else the one it worked on; several of them share
/// it, and then it goes to none.
/// </summary>
/// <param name="Subject">The pull request; null for none and for several.</param>
/// <param name="IsShared">Whether there are several.</param>
public readonly record struct CostSubject(WorkSubject? Subject, bool IsShared)
{
    /// <summary>Where the cost of a run with these links goes.</summary>
    public static CostSubject Of(IEnumerable<WorkLink> links)
    {
        var ofPullRequests = links.Where(link => link.Kind == WorkKind.PullRequest).ToList();
        foreach (var relation in (WorkRelation[])[WorkRelation.Created, WorkRelation.WorkedOn])
        {
            var subjects = ofPullRequests
                .Where(link => link.Relation == relation).Select(link => link.Subject).Distinct().ToList();
            if (subjects.Count > 0)
                return subjects is [var only] ? new CostSubject(only, false) : new CostSubject(null, true);
        }

        return default;
    }
}
