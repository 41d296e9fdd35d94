using System.Text;
using TokenLedger.Application.Archiving;
using TokenLedger.Domain;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests;

/// <summary>Ledger content with every column filled and every column empty.</summary>
internal static class Some
{
    public static readonly DateOnly Day = new(2026, 9, 14);
    public static readonly DateTimeOffset Time = new(2026, 9, 15, 6, 0, 0, TimeSpan.Zero);
    public static readonly BillTaking Taking = new(new BillHints { Organization = "acme" }, Time);
    public static readonly BillingAccount Account = new("github", BillingAccountKind.Organization, "Acme");

    public static FoldedRun Run(
        long runId = 7, string hash = "h1", string repository = "acme/api", int slices = 2, DateOnly? day = null) =>
            new(
        RunKey.PublicHost,
        runId,
        hash,
        [Attempt(runId, 1, repository, slices, day ?? Day), BareAttempt(runId, 2, repository)],
        new LineCounts(slices, 0, 1, 0),
        [new InputProblem("1/logs/token-usage.jsonl", 3, "TL0101", "Not JSON.")]);

    public static LedgerRun Attempt(long runId, int attempt, string repository, int slices, DateOnly day)
    {
        var key = new RunKey(RunKey.PublicHost, runId, attempt);
        var facts = new RunFacts(key, repository.Split('/')[0], repository)
        {
            RepositoryId = 99,
            WorkflowName = "Triage \u001b[31m",
            WorkflowPath = ".github/workflows/triage.lock.yml",
            Engine = "copilot",
            Event = "issues",
            Actor = "mona",
            TriggeringActor = "hubot",
            PullRequestAbsence = PullRequestAbsence.Several,
            ActionsMinutes = 17,
            Collection = CollectionState.TelemetryExpired,
            Payer = Payer.User("octo"),
            PullRequest = 12,
            Issue = 9_007_199_254_740_993,
            HeadBranch = "topic/\u001b[31m=1+1|漢",
            Conclusion = "success",
            StartedAt = new DateTimeOffset(day, new TimeOnly(10, 30), TimeSpan.Zero),
        };
        var report = new RunReport
        {
            ProxyReportedAiCredits = 0.7817660000001m,
            SessionReportedAiCredits = 0.1m,
            LostCacheWriteTokens = 27_266,
            CallsKnown = 5,
            CallsMetered = 4,
        };
        return new LedgerRun(
            facts, [.. Enumerable.Range(0, slices).Select(number => Slice(key, day.AddDays(number), number))],
            report, [new Notice("a-code", "A message.")]);
    }

    public static LedgerRun BareAttempt(long runId, int attempt, string repository) => new(
        new RunFacts(
            new RunKey(RunKey.PublicHost, runId, attempt), repository.Split('/')[0], repository) { RepositoryId = 99 },
        [],
        new RunReport(),
        []);

    public static Observation Look(
        long gross = 123, string hash = "c1", DateTimeOffset? at = null, string rawFile = "bills/a/x.csv",
        DateOnly? day = null) => new(
        Account,
        BillView.AiCreditReport,
        day ?? Day,
        "",
        at ?? Time,
        hash,
        gross - 5,
        rawFile,
        [FullCharge(gross, day ?? Day), BareCharge(day ?? Day)]);

    public static EvidenceFile File(string path, string content) =>
        new(path, content.Length, () => new MemoryStream(Encoding.UTF8.GetBytes(content)));

    private static UsageSlice Slice(RunKey key, DateOnly day, int number) => new(
        key, day, Phase.Detection, Purpose.SubAgent, Channel.Anthropic, "claude-sonnet-5", true, "priority", 200_000,
        UsageEvidence.SessionTotals, number + 1, 2_000, new TokenCounts(1, 2, 3, 4, 5, 1), 7);

    private static Charge FullCharge(long gross, DateOnly day) => BareCharge(day) with
    {
        Id = "charge-1",
        Product = "Copilot",
        Sku = "copilot_ai_credit",
        ModelText = "Auto: Claude Sonnet 5",
        IsAutoSelected = true,
        Dimensions = new ChargeDimensions
        {
            Organization = Dimension.Value("acme"),
            Repository = Dimension.Value("acme/api"),
            WorkflowPath = Dimension.Value("*"),
            User = Dimension.Nobody,
            CostCenter = Dimension.Value("=1"),
            Workspace = Dimension.Value("-"),
            Project = Dimension.Value("p"),
            ApiKey = Dimension.Value("k"),
            Model = Dimension.Value("claude-sonnet-5"),
            TokenKind = TokenKind.CacheWrite1h,
            ServiceTier = Dimension.Value("batch"),
            ContextBand = Dimension.Value("long"),
        },
        Quantity = 1.50m,
        Unit = "ai-credits",
        UnitPriceUsd = 0.01m,
        GrossNanoCredits = gross,
        NetNanoCredits = 0,
        Tokens = new BilledTokens(1, 2, 3, 4),
    };

    private static Charge BareCharge(DateOnly day) => new()
    {
        Id = "charge-2",
        Account = Account,
        View = BillView.AiCreditReport,
        Day = day,
        Channel = Channel.Copilot,
        Family = SkuFamily.AiCredits,
        Category = ChargeCategory.AgentOrPeople,
        Dimensions = new ChargeDimensions(),
        GrossNanoCredits = -5,
    };
}
