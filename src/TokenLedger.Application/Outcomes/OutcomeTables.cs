using TokenLedger.Application.Records;

namespace TokenLedger.Application.Outcomes;

/// <summary>The record tables of outcomes; all of them can be made again of the archive.</summary>
public static class OutcomeTables
{
    /// <summary>
    /// What runs created or worked on: partition <c>{run id, 20 digits}|{host}</c>, row <c>run</c>.
    /// </summary>
    public static RecordTable RunWork { get; } = new("runwork",
    [
        new("host", RecordColumnKind.Text), new("runid", RecordColumnKind.Integer),
        new("repository", RecordColumnKind.Text), new("inputhash", RecordColumnKind.Text),
        new("linkcount", RecordColumnKind.Integer), new("unlinkedcount", RecordColumnKind.Integer),
        new("work", RecordColumnKind.LongText),
    ]);

    /// <summary>
    /// Pull requests and issues that runs are linked to, or that are followed: partition <c>{host}|{owner/name}</c>,
    /// row the number in 10 digits.
    /// </summary>
    public static RecordTable Index { get; } = new("outcomeindex",
    [
        new("number", RecordColumnKind.Integer), new("month", RecordColumnKind.Text),
        new("headbranch", RecordColumnKind.Text), new("mergecommit", RecordColumnKind.Text),
    ]);

    /// <summary>
    /// Outcomes: partition <c>{month of creation}|{owner/name}</c>, row <c>{number, 10 digits}|{host}</c>.
    /// </summary>
    public static RecordTable Outcomes { get; } = new("outcomes",
    [
        new("host", RecordColumnKind.Text), new("repository", RecordColumnKind.Text),
        new("number", RecordColumnKind.Integer), new("kind", RecordColumnKind.Text),
        new("state", RecordColumnKind.Text), new("createdat", RecordColumnKind.Time),
        new("closedat", RecordColumnKind.Time), new("mergedat", RecordColumnKind.Time),
        new("author", RecordColumnKind.Text), new("mergedby", RecordColumnKind.Text),
        new("additions", RecordColumnKind.Integer), new("deletions", RecordColumnKind.Integer),
        new("changedfiles", RecordColumnKind.Integer), new("reviewcomments", RecordColumnKind.Integer),
        new("acceptedreviewcomments", RecordColumnKind.Integer), new("revertedby", RecordColumnKind.Text),
        new("headbranch", RecordColumnKind.Text), new("mergecommit", RecordColumnKind.Text),
        new("lasteventat", RecordColumnKind.Time),
    ]);
}
