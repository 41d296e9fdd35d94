using System.Text.Json;
using Microsoft.Data.Sqlite;
using TokenLedger.Domain;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Runs;

/// <summary>Run attempts as rows of <c>runs</c>.</summary>
internal static class RunRows
{
    public const string Table = "runs";

    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "host", "runid", "attempt", "owner", "repository", "repositoryid", "workflowname", "workflowpath", "engine",
        "event", "actor", "payer", "pullrequest", "conclusion", "startedat", "proxyreportedaicredits",
        "sessionreportedaicredits", "lostcachewritetokens", "callsknown", "callsmetered", "warnings",
        "revision", "inputhash", "startedday", "proxyreportedaicreditschart", "sessionreportedaicreditschart",
        "triggeringactor", "pullrequestabsence", "actionsminutes", "collection", "headbranch", "issue",
    ];

    public static void ToRow(RowWriter writer, LedgerRun run, long revision, string inputHash)
    {
        var facts = run.Facts;
        var report = run.Report;
        writer.Write(
            facts.Key.Host,
            facts.Key.RunId,
            facts.Key.Attempt,
            facts.Owner,
            facts.Repository,
            facts.RepositoryId,
            facts.WorkflowName,
            facts.WorkflowPath,
            facts.Engine,
            facts.Event,
            facts.Actor,
            facts.Payer.ToString(),
            facts.PullRequest,
            facts.Conclusion,
            facts.StartedAt is { } startedAt ? Columns.Text(startedAt) : null,
            Columns.Text(report.ProxyReportedAiCredits),
            Columns.Text(report.SessionReportedAiCredits),
            report.LostCacheWriteTokens,
            report.CallsKnown,
            report.CallsMetered,
            JsonSerializer.Serialize(run.Warnings, NoticeJson.Default.IReadOnlyListNotice),
            revision,
            inputHash,
            facts.StartedAt is { } started ? Columns.Text(DateOnly.FromDateTime(started.UtcDateTime)) : null,
            Columns.Chart(report.ProxyReportedAiCredits),
            Columns.Chart(report.SessionReportedAiCredits),
            facts.TriggeringActor,
            facts.PullRequestAbsence?.ToString(),
            facts.ActionsMinutes,
            facts.Collection?.ToString(),
            facts.HeadBranch,
            facts.Issue);
    }

    public static RunKey KeyFromRow(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt32(2));

    public static LedgerRun FromRow(
        SqliteDataReader row, RunKey key, IReadOnlyList<UsageSlice> slices, RepeatedTexts texts)
    {
        // Most runs have none.
        IReadOnlyList<Notice> warnings = row.GetString(20) is var text and not "[]"
            ? JsonSerializer.Deserialize(text, NoticeJson.Default.IReadOnlyListNotice) ?? []
            : [];
        var facts = new RunFacts(key, texts.Of(row.GetString(3)), texts.Of(row.GetString(4)))
        {
            RepositoryId = row.NumberOrNull(5),
            WorkflowName = texts.OrNull(row.TextOrNull(6)),
            WorkflowPath = texts.OrNull(row.TextOrNull(7)),
            Engine = texts.OrNull(row.TextOrNull(8)),
            Event = texts.OrNull(row.TextOrNull(9)),
            Actor = texts.OrNull(row.TextOrNull(10)),
            Payer = Payer.Parse(row.GetString(11)) ?? Payer.Unknown,
            PullRequest = row.NumberOrNull(12),
            Conclusion = texts.OrNull(row.TextOrNull(13)),
            StartedAt = row.TimeOrNull(14),
            TriggeringActor = texts.OrNull(row.TextOrNull(26)),
            PullRequestAbsence = row.EnumOrNull<PullRequestAbsence>(27),
            ActionsMinutes = row.NumberOrNull(28),
            Collection = row.EnumOrNull<CollectionState>(29),
            HeadBranch = texts.OrNull(row.TextOrNull(30)),
            Issue = row.NumberOrNull(31),
        };
        var report = new RunReport
        {
            ProxyReportedAiCredits = row.MoneyOrNull(15),
            SessionReportedAiCredits = row.MoneyOrNull(16),
            LostCacheWriteTokens = row.GetInt64(17),
            CallsKnown = row.NumberOrNull(18),
            CallsMetered = row.NumberOrNull(19),
        };
        return new LedgerRun(facts, slices, report, warnings);
    }
}
