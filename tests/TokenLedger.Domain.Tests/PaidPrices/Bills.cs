using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.PaidPrices;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.PaidPrices;

/// <summary>Days of bills in the words of a test: what was billed for how many tokens.</summary>
internal sealed class Bills
{
    public static readonly DateOnly Change = new(2026, 11, 14);
    public static readonly BillingAccount Account =
        new(BillingAccount.OpenAI, BillingAccountKind.Organization, "acme");

    private readonly SortedDictionary<DateOnly, List<ReconciledCharge>> days = [];
    private int chargeCount;

    public static PriceBook Book { get; } = new(
        new ModelNames(new Dictionary<string, string> { ["sol-latest"] = "sol" }),
        [
            Row(Channel.OpenAI, "sol", 0, new UnitPrices(5m, 30m, 0.5m, 6.25m, null)),
            Row(Channel.OpenAI, "banded", 0, new UnitPrices(2m, 10m, 0.2m, 2.5m, null)),
            Row(Channel.OpenAI, "banded", 272_000, new UnitPrices(4m, 15m, 0.4m, 5m, null)),
            Row(Channel.Anthropic, "opus", 0, new UnitPrices(5m, 25m, 0.5m, 6.25m, 10m)),
            Row(Channel.Copilot, "opus", 0, new UnitPrices(5m, 25m, 0.5m, 6.25m, null)),
        ],
        [new AutoDiscount(Channel.Copilot, null, null, 10m)],
        "hash");

    public bool IsSettled { get; set; } = true;

    public Bills Line(
        DateOnly day, decimal usd, decimal? tokens, string model = "sol", TokenKind? kind = TokenKind.Input,
        string? tier = null, string? band = null, string? unit = "tokens", BilledTokens? columns = null,
        bool isAuto = false, Channel? channel = null, BillView view = BillView.OrganizationCosts)
    {
        var by = channel ?? Channel.OpenAI;
        Add(day, ChargeRole.Basis, new Charge
        {
            Id = $"c{chargeCount++:D4}",
            Account = Account,
            View = view,
            Day = day,
            Channel = by,
            Family = by == Channel.Copilot ? SkuFamily.AiCredits : SkuFamily.Tokens,
            Category = ChargeCategory.AgentOrPeople,
            IsAutoSelected = isAuto,
            Dimensions = new ChargeDimensions
            {
                Model = Dimension.Value(model),
                TokenKind = kind,
                ServiceTier = Dimension.ValueOrNotNamed(tier),
                ContextBand = Dimension.ValueOrNotNamed(band),
            },
            Quantity = tokens,
            Unit = tokens is null ? null : unit,
            GrossNanoCredits = AiCredits.NanoCreditsFromUsd(usd),
            Tokens = columns,
        });
        return this;
    }

    /// <summary>A line of Anthropic's cost report, which has no quantity.</summary>
    public Bills Cost(DateOnly day, decimal usd, TokenKind kind = TokenKind.Input, string? tier = "standard") => Line(
        day, usd, null, "opus", kind, tier, channel: Channel.Anthropic, view: BillView.CostReport);

    /// <summary>A row of GitHub's AI report, which adds all kinds up.</summary>
    public Bills Report(DateOnly day, decimal usd, BilledTokens? columns, bool isAuto = false) => Line(
        day, usd, null, "opus", null, columns: columns, isAuto: isAuto, channel: Channel.Copilot,
        view: BillView.AiCreditReport);

    /// <summary>Tokens that Anthropic counts beside its bill.</summary>
    public Bills Count(DateOnly day, long tokens, TokenKind kind = TokenKind.Input, string tier = "standard")
    {
        Add(day, ChargeRole.Check, new Charge
        {
            Id = $"n{chargeCount++:D4}",
            Account = Account,
            View = BillView.MessagesUsage,
            Day = day,
            Channel = Channel.Anthropic,
            Family = SkuFamily.TokenCounts,
            Category = ChargeCategory.TokenCount,
            Dimensions = new ChargeDimensions
            {
                Model = Dimension.Value("opus"), TokenKind = kind, ServiceTier = Dimension.Value(tier),
            },
            Quantity = tokens,
            Unit = "tokens",
            GrossNanoCredits = 0,
        });
        return this;
    }

    public IReadOnlyList<WatchedDay> Days(bool isReversed = false) =>
    [
        .. (isReversed ? days.Reverse() : days).Select(day => new WatchedDay(
            new DayReconciliation(
                Account, day.Key, isReversed ? [.. day.Value.AsEnumerable().Reverse()] : day.Value, [], [], [], []),
            IsSettled)),
    ];

    public IReadOnlyList<PriceFinding> Look() => PriceWatch.Look(Days(), Book);

    private void Add(DateOnly day, ChargeRole role, Charge charge)
    {
        if (!days.TryGetValue(day, out var charges))
            days.Add(day, charges = []);
        charges.Add(new ReconciledCharge(charge, role));
    }

    private static PriceRow Row(Channel channel, string model, long above, UnitPrices prices) =>
        new(channel, model, null, null, above, prices, "a test", new DateOnly(2026, 10, 1), true);
}
