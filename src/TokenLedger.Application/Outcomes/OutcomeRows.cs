using TokenLedger.Application.Records;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Outcomes as rows.</summary>
internal static class OutcomeRows
{
    public static RecordRow Of(Outcome outcome) => new RecordRow(
        OutcomeTables.Outcomes,
        OutcomeKeys.OutcomePartition(OutcomeKeys.MonthOf(outcome.CreatedAt), outcome.Subject.Repository),
        OutcomeKeys.OutcomeRow(outcome.Subject))
        .Set("host", outcome.Subject.Host)
        .Set("repository", outcome.Subject.Repository)
        .Set("number", outcome.Subject.Number)
        .Set("kind", OutcomeNames.Of(outcome.Kind))
        .Set("state", OutcomeNames.Of(outcome.State))
        .Set("createdat", outcome.CreatedAt)
        .Set("closedat", outcome.ClosedAt)
        .Set("mergedat", outcome.MergedAt)
        .Set("author", outcome.Author)
        .Set("mergedby", outcome.MergedBy)
        .Set("additions", outcome.Additions)
        .Set("deletions", outcome.Deletions)
        .Set("changedfiles", outcome.ChangedFiles)
        .Set("reviewcomments", outcome.ReviewComments)
        .Set("acceptedreviewcomments", outcome.AcceptedReviewComments)
        .Set("revertedby", outcome.RevertedBy)
        .Set("headbranch", outcome.HeadBranch)
        .Set("mergecommit", outcome.MergeCommit)
        .Set("lasteventat", outcome.LastEventAt);

    public static Outcome Read(RecordRow row) => new()
    {
        Subject = WorkSubject.Of(row.Text("host")!, row.Text("repository")!, row.Integer("number")!.Value),
        Kind = OutcomeNames.KindOf(row.Text("kind")) ?? WorkKind.Issue,
        State = OutcomeNames.StateOf(row.Text("state")),
        CreatedAt = row.Time("createdat"),
        ClosedAt = row.Time("closedat"),
        MergedAt = row.Time("mergedat"),
        Author = row.Text("author"),
        MergedBy = row.Text("mergedby"),
        Additions = row.Integer("additions"),
        Deletions = row.Integer("deletions"),
        ChangedFiles = row.Integer("changedfiles"),
        ReviewComments = row.Integer("reviewcomments"),
        AcceptedReviewComments = row.Integer("acceptedreviewcomments"),
        RevertedBy = row.Text("revertedby"),
        HeadBranch = row.Text("headbranch"),
        MergeCommit = row.Text("mergecommit"),
        LastEventAt = row.Time("lasteventat")!.Value,
    };

    public static bool AreSame(RecordRow one, RecordRow other) =>
        string.Equals(one.PartitionKey, other.PartitionKey, StringComparison.Ordinal)
        && string.Equals(one.RowKey, other.RowKey, StringComparison.Ordinal)
        && one.Table.Columns.All(column => Equals(one[column.Name], other[column.Name]));
}
