using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>Builds one account's day in the words of a test: runs with estimates, billed rows, and what comes out.</summary>
internal sealed class Scenario
{
    public static readonly DateOnly Day = new(2026, 11, 3);
    public static readonly BillingAccount Account = new(BillingAccount.GitHub, BillingAccountKind.Organization, "acme");
    public static readonly PriceBook NoPrices = new(new ModelNames([]), [], [], "none");

    private readonly List<PricedSlice> slices = [];
    private readonly List<RunFacts> silent = [];
    private readonly List<ExclusiveScope> exclusive = [];
    private readonly SortedDictionary<(BillView View, string Filter), List<Charge>> bills = [];
    private readonly Dictionary<BillView, DateTimeOffset> seenAt = [];
    private int chargeCount;

    public PriceBook Prices { get; init; } = NoPrices;

    public Scenario Run(
        long id,
        decimal? credits,
        string model = "claude-sonnet-5",
        string repository = "acme/web",
        string? workflow = ".github/workflows/triage.lock.yml",
        Payer? payer = null,
        Channel? channel = null,
        TokenCounts? tokens = null,
        KindCredits? kinds = null,
        string band = PricedSlice.DefaultBand,
        Phase phase = Phase.Agent,
        string? apiKey = null)
    {
        slices.Add(new PricedSlice
        {
            Run = Facts(id, repository, workflow, payer),
            Day = Day,
            Phase = phase,
            ApiKey = apiKey,
            Purpose = Purpose.Main,
            Channel = channel ?? Channel.Copilot,
            Model = model,
            IsAutoSelected = false,
            ServiceTier = UsageSlice.StandardTier,
            ContextBand = band,
            Evidence = UsageEvidence.ProxyRecords,
            Requests = 1,
            DurationMilliseconds = 1000,
            Tokens = tokens ?? new TokenCounts(1000, 100, 0),
            EstimatedAiCredits = kinds ?? (credits is { } c ? new KindCredits(c, 0, 0, 0, 0) : null),
            HighEstimatedAiCredits = kinds?.Total ?? credits,
            Unpriced = credits is null && kinds is null ? UnpricedReason.UnknownModel : null,
        });
        return this;
    }

    public Scenario SilentRun(long id, string repository = "acme/web", string? workflow = ".github/workflows/triage.lock.yml", Payer? payer = null)
    {
        silent.Add(Facts(id, repository, workflow, payer));
        return this;
    }

    public Scenario Exclusive(ExclusiveScope scope)
    {
        exclusive.Add(scope);
        return this;
    }

    public Scenario Bill(
        decimal grossCredits,
        ChargeDimensions? names = null,
        decimal? netCredits = null,
        BillView view = BillView.AiCreditReport,
        ChargeCategory category = ChargeCategory.AgentOrPeople,
        SkuFamily family = SkuFamily.AiCredits,
        Channel? channel = null,
        string filter = "",
        BilledTokens? tokens = null,
        decimal? quantity = null,
        string? unit = null,
        string? id = null)
    {
        if (!bills.TryGetValue((view, filter), out var charges))
            bills.Add((view, filter), charges = []);
        charges.Add(new Charge
        {
            Id = id ?? $"c{chargeCount++:D4}",
            Account = Account,
            View = view,
            Day = Day,
            Channel = channel ?? Channel.Copilot,
            Family = family,
            Category = category,
            Product = "copilot",
            Sku = "copilot_ai_credit",
            ModelText = names?.Model.Text,
            Dimensions = names ?? new ChargeDimensions(),
            GrossNanoCredits = AiCredits.TruncateToNanoCredits(grossCredits),
            NetNanoCredits = netCredits is { } net ? AiCredits.TruncateToNanoCredits(net) : null,
            Tokens = tokens,
            Quantity = quantity,
            Unit = unit,
        });
        return this;
    }

    /// <summary>Tokens that the provider counts beside its bill.</summary>
    public Scenario Count(long tokens, ChargeDimensions names, Channel? channel = null) => Bill(
        0, names, view: BillView.MessagesUsage, category: ChargeCategory.TokenCount, family: SkuFamily.TokenCounts,
        channel: channel, quantity: tokens, unit: "tokens");

    /// <summary>When a view was looked at; the first of all times where nothing is said.</summary>
    public Scenario SeenAt(BillView view, DateTimeOffset at)
    {
        seenAt[view] = at;
        return this;
    }

    public Scenario EmptyBill(BillView view, string filter = "")
    {
        bills.TryAdd((view, filter), []);
        return this;
    }

    public AccountDay Build() => new()
    {
        Account = Account,
        Day = Day,
        Observations = [.. bills.Select(bill => new Observation(
            Account, bill.Key.View, Day, bill.Key.Filter, seenAt.GetValueOrDefault(bill.Key.View), "hash", 0, "raw", bill.Value))],
        Slices = slices,
        RunsWithoutTelemetry = silent,
        ExclusiveScopes = exclusive,
        Prices = Prices,
    };

    public DayReconciliation Reconcile() => DayReconciler.Reconcile(Build());

    public static decimal Billed(DayReconciliation day, long runId, string? chargeId = null) => AiCredits.FromNanoCredits(day.Shares
        .Where(share => share.Slice.Run.Key.RunId == runId && (chargeId is null || share.Charge.Id == chargeId))
        .Sum(share => share.GrossNanoCredits));

    public static decimal Rest(DayReconciliation day, UnallocatedReason reason) => AiCredits.FromNanoCredits(day.Unallocated
        .Where(part => part.Reason == reason)
        .Sum(part => part.GrossNanoCredits));

    public static RunFacts Facts(long id, string repository, string? workflow, Payer? payer) =>
        new(new RunKey(RunKey.PublicHost, id, 1), repository.Split('/')[0], repository)
        {
            WorkflowPath = workflow,
            Payer = payer ?? Payer.Organization,
        };
}
