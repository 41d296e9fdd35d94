using TokenLedger.Domain.ActionsMinutes;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Metrics;

/// <summary>Runs, spend and outcomes in the words of a test.</summary>
internal sealed class MetricWorld
{
    public const string Repository = "Acme/Webshop";
    public static readonly DateOnly Monday = new(2026, 11, 16);
    private static readonly DateTimeOffset Opened = new(2026, 11, 16, 8, 0, 0, TimeSpan.Zero);

    private readonly List<SpendLine> lines = [];
    private readonly Dictionary<RunKey, RunFacts> runs = [];
    private readonly List<RunFacts> others = [];
    private readonly Dictionary<RunKey, RunWork> work = [];
    private readonly Dictionary<WorkSubject, Outcome> outcomes = [];
    private readonly List<MinutesShare> minutes = [];

    public AttributionRules Rules { get; set; } = AttributionRules.None;

    public MetricsInput Input => new()
    {
        Lines = lines,
        Runs = [.. runs.Values],
        OtherAttempts = others,
        Work = work,
        Outcomes = outcomes,
        Minutes = minutes,
        Attribution = Rules,
    };

    public static WorkSubject Pull(long number) => WorkSubject.Of("github.com", Repository, number);

    public MetricWorld Run(
        long id, string? conclusion = "success", int attempt = 1, string? actor = "alice", long? actionsMinutes = null,
        string path = "triage.lock.yml", bool isOutside = false)
    {
        var facts = new RunFacts(new RunKey("github.com", id, attempt), "Acme", Repository)
        {
            Conclusion = conclusion, Actor = actor, WorkflowPath = path, StartedAt = Opened,
            ActionsMinutes = actionsMinutes,
        };
        if (isOutside)
            others.Add(facts);
        else
            runs[facts.Key] = facts;
        return this;
    }

    public MetricWorld Spend(
        long id, decimal? usd, SpendState state = SpendState.Settled, int attempt = 1, DateOnly? day = null,
        string model = "sonnet", Purpose purpose = Purpose.Main, long tokens = 100)
    {
        var run = runs[new RunKey("github.com", id, attempt)];
        var gross = usd is { } known ? AiCredits.NanoCreditsFromUsd(known) : (long?)null;
        lines.Add(new SpendLine
        {
            Day = day ?? Monday,
            Channel = Channel.Copilot,
            Run = run,
            State = state,
            Gross = gross is { } exact ? new CalibratedAmount(exact, exact, exact) : null,
            Slice = new PricedSlice
            {
                Run = run, Day = day ?? Monday, Phase = Phase.Agent, Purpose = purpose, Channel = Channel.Copilot,
                Model = model, IsAutoSelected = false, ServiceTier = "standard", ContextBand = "default",
                Evidence = default, Requests = 1, DurationMilliseconds = 1, Tokens = new TokenCounts(tokens, 0, 0),
            },
        });
        return this;
    }

    public MetricWorld Link(long id, WorkRelation relation, params long[] numbers)
    {
        var key = new RunKey("github.com", id, 1);
        var known = work.GetValueOrDefault(key)?.Links ?? [];
        work[key] = new RunWork(
            key,
            [
                .. known,
                .. numbers.Select(number => new WorkLink(
                    Pull(number), WorkKind.PullRequest, relation, WorkSource.SafeOutputs)),
            ],
            null, []);
        return this;
    }

    public MetricWorld Outcome(long number, OutcomeState state, long? lines = 10, int hours = 4)
    {
        outcomes[Pull(number)] = new Outcome
        {
            Subject = Pull(number), Kind = WorkKind.PullRequest, State = state, CreatedAt = Opened,
            MergedAt = state is OutcomeState.Merged or OutcomeState.Reverted ? Opened.AddHours(hours) : null,
            Additions = lines, Deletions = 0, LastEventAt = Opened,
        };
        return this;
    }

    public MetricWorld Minutes(long id, decimal usd)
    {
        minutes.Add(new MinutesShare(
            new Charge
            {
                Id = $"m{id}", Day = Monday, View = BillView.Usage, Channel = Channel.Copilot,
                Account = new BillingAccount(BillingAccount.GitHub, BillingAccountKind.Organization, "acme"),
                Family = SkuFamily.ActionsMinutes, Category = ChargeCategory.ActionsMinutes,
                Dimensions = new ChargeDimensions(), GrossNanoCredits = AiCredits.NanoCreditsFromUsd(usd),
            },
            runs[new RunKey("github.com", id, 1)], AiCredits.NanoCreditsFromUsd(usd)));
        return this;
    }

    public MetricFigure Figure(string name, MetricGrouping grouping = MetricGrouping.All, string? group = null) =>
        MetricFold.Of(Input, grouping).Single(value =>
            string.Equals(value.Definition.Name, name, StringComparison.Ordinal)
            && string.Equals(value.Group, group, StringComparison.Ordinal)).Figure;
}
