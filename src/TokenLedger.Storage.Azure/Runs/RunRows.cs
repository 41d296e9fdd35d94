using System.Text.Json;
using TokenLedger.Domain;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Run attempts as rows of <c>runs</c>.</summary>
internal static class RunRows
{
    public static readonly TableColumns Columns = MakeColumns();

    public static TableEntity ToRow(
        LedgerRun run, DateOnly day, long revision, string generation, string inputHash)
    {
        var facts = run.Facts;
        var report = run.Report;
        return new LedgerRow(
                RunKeys.Day(day, facts.Key.Host, facts.Key.RunId),
                Generation.Key(generation, RowText.Narrow(facts.Key.Attempt)))
            .Add("host", facts.Key.Host)
            .Add("runid", facts.Key.RunId)
            .Add("attempt", facts.Key.Attempt)
            .Add("owner", facts.Owner)
            .Add("repository", facts.Repository)
            .Add("repositoryid", facts.RepositoryId)
            .Add("workflowname", facts.WorkflowName)
            .Add("workflowpath", facts.WorkflowPath)
            .Add("engine", facts.Engine)
            .Add("event", facts.Event)
            .Add("actor", facts.Actor)
            .Add("payer", facts.Payer.ToString())
            .Add("pullrequest", facts.PullRequest)
            .Add("conclusion", facts.Conclusion)
            .Add("startedat", facts.StartedAt)
            .Add("startedday", UnseenUsage.StartDayOf(facts) is { } started ? RowText.Of(started) : null)
            .AddMoney("proxyreportedaicredits", report.ProxyReportedAiCredits)
            .AddMoney("sessionreportedaicredits", report.SessionReportedAiCredits)
            .Add("lostcachewritetokens", report.LostCacheWriteTokens)
            .Add("callsknown", report.CallsKnown)
            .Add("callsmetered", report.CallsMetered)
            .AddLong("warnings", JsonSerializer.Serialize(run.Warnings, NoticeJson.Default.IReadOnlyListNotice))
            .Add("triggeringactor", facts.TriggeringActor)
            .Add("pullrequestabsence", facts.PullRequestAbsence?.ToString())
            .Add("actionsminutes", facts.ActionsMinutes)
            .Add("collection", facts.Collection?.ToString())
            .Add("headbranch", facts.HeadBranch)
            .Add("issue", facts.Issue)
            .Add("revision", revision)
            .Add("inputhash", inputHash)
            .ToEntity();
    }

    public static RunKey KeyFromRow(TableEntity row) =>
        new(row.KnownText("host"), row.KnownInt64("runid"), row.KnownInt32("attempt"));

    public static LedgerRun FromRow(TableEntity row, IReadOnlyList<UsageSlice> slices)
    {
        IReadOnlyList<Notice> warnings =
            JsonSerializer.Deserialize(LongText.Read(row, "warnings"), NoticeJson.Default.IReadOnlyListNotice) ?? [];
        var facts = new RunFacts(KeyFromRow(row), row.KnownText("owner"), row.KnownText("repository"))
        {
            RepositoryId = row.Int64("repositoryid"),
            WorkflowName = row.Text("workflowname"),
            WorkflowPath = row.Text("workflowpath"),
            Engine = row.Text("engine"),
            Event = row.Text("event"),
            Actor = row.Text("actor"),
            Payer = Payer.Parse(row.KnownText("payer")) ?? Payer.Unknown,
            PullRequest = row.Int64("pullrequest"),
            Conclusion = row.Text("conclusion"),
            StartedAt = row.Time("startedat"),
            TriggeringActor = row.Text("triggeringactor"),
            PullRequestAbsence = row.EnumOrNull<PullRequestAbsence>("pullrequestabsence"),
            ActionsMinutes = row.Int64("actionsminutes"),
            Collection = row.EnumOrNull<CollectionState>("collection"),
            HeadBranch = row.Text("headbranch"),
            Issue = row.Int64("issue"),
        };
        var report = new RunReport
        {
            ProxyReportedAiCredits = row.Money("proxyreportedaicredits"),
            SessionReportedAiCredits = row.Money("sessionreportedaicredits"),
            LostCacheWriteTokens = row.KnownInt64("lostcachewritetokens"),
            CallsKnown = row.Int64("callsknown"),
            CallsMetered = row.Int64("callsmetered"),
        };
        return new LedgerRun(facts, slices, report, warnings);
    }

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "host", TableColumnKind.Text }, { "runid", TableColumnKind.Int64 }, { "attempt", TableColumnKind.Int32 },
            { "owner", TableColumnKind.Text }, { "repository", TableColumnKind.Text },
            { "repositoryid", TableColumnKind.Int64 }, { "workflowname", TableColumnKind.Text },
            { "workflowpath", TableColumnKind.Text }, { "engine", TableColumnKind.Text },
            { "event", TableColumnKind.Text }, { "actor", TableColumnKind.Text }, { "payer", TableColumnKind.Text },
            { "pullrequest", TableColumnKind.Int64 }, { "conclusion", TableColumnKind.Text },
            { "startedat", TableColumnKind.Text }, { "startedday", TableColumnKind.Text },
            { "proxyreportedaicredits", TableColumnKind.Text }, { "sessionreportedaicredits", TableColumnKind.Text },
            { "lostcachewritetokens", TableColumnKind.Int64 }, { "callsknown", TableColumnKind.Int64 },
            { "callsmetered", TableColumnKind.Int64 }, { "triggeringactor", TableColumnKind.Text },
            { "pullrequestabsence", TableColumnKind.Text }, { "actionsminutes", TableColumnKind.Int64 },
            { "collection", TableColumnKind.Text }, { "headbranch", TableColumnKind.Text },
            { "issue", TableColumnKind.Int64 },
        };
        LongText.AddTo(columns, "warnings");
        return columns;
    }
}
