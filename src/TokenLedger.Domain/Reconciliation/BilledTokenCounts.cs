using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The tokens that a provider itself counts for the charges of a bucket.</summary>
/// <remarks>
/// 1. A charge of all kinds has them in its own columns (<see cref="BilledTokenConvention"/>).
/// 2. A charge of one kind has them as its quantity, where that is in tokens.
/// 3. Else a view that counts tokens beside the bill has them, where it names what the bucket names.
/// </remarks>
internal sealed class BilledTokenCounts
{
    private static readonly string[] UsualTiers = [UsageSlice.StandardTier, "default", "auto"];

    // More thousands of tokens than this are more tokens than a long holds.
    private const decimal ThousandsMax = 9_000_000_000_000_000m;

    private readonly IReadOnlyDictionary<string, TokenCounts> ofCharges;
    private readonly ILookup<(Channel, TokenKind), Charge> countsBesideBill;

    private BilledTokenCounts(
        IReadOnlyDictionary<string, TokenCounts> ofCharges, ILookup<(Channel, TokenKind), Charge> countsBesideBill)
    {
        this.ofCharges = ofCharges;
        this.countsBesideBill = countsBesideBill;
    }

    /// <summary>The counts of a day's charges.</summary>
    /// <param name="charges">Every charge with its role.</param>
    /// <param name="prices">The book that tells what a column holds.</param>
    public static BilledTokenCounts Of(IReadOnlyList<ReconciledCharge> charges, PriceBook prices) => new(
        BilledTokenConvention.Read(
            charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge), prices),
        charges
            .Select(row => row.Charge)
            // Persons are a part of what the other views count.
            .Where(charge => charge is
            {
                View: BillView.MessagesUsage or BillView.CompletionsUsage,
                Family: SkuFamily.TokenCounts,
                Dimensions.TokenKind: not null,
            })
            .ToLookup(charge => (charge.Channel, charge.Dimensions.TokenKind!.Value)));

    /// <summary>The tokens billed in a bucket, refunds apart; null when they are not known of every charge.</summary>
    public TokenCounts? Of(Bucket bucket)
    {
        var billing = bucket.Charges.Where(charge => charge.GrossNanoCredits >= 0).ToList();
        if (bucket.Dimensions.TokenKind is not { } kind)
        {
            return Sum(billing.Select(
                charge => ofCharges.TryGetValue(charge.Id, out var own) ? own : (TokenCounts?)null));
        }

        var quantities = Sum(billing.Select(charge => QuantityOf(charge) is { } tokens ? Only(kind, tokens) : null));
        return quantities ?? Sum(CountedBeside(bucket).Select(
            counted => QuantityOf(counted) is { } tokens ? Only(kind, tokens) : null));
    }

    /// <summary>
    /// Whether every token of the bucket is counted for keys that somebody declared exclusive, and every slice is of
    /// one of these keys: then the bucket is exclusive too, though the bill names no key.
    /// </summary>
    public bool IsDrawnByExclusiveKeys(
        Bucket bucket, IReadOnlyList<SliceLedger> slices, IReadOnlyList<ExclusiveScope> scopes)
    {
        var byKey = scopes.Where(scope => scope.ApiKey is not null).ToList();
        if (byKey.Count == 0)
            return false;
        var counted = CountedBeside(bucket).Where(row => QuantityOf(row) != 0).ToList();
        return counted.Count > 0 && counted.TrueForAll(row => byKey.Exists(scope =>
            scope.Covers(bucket.Dimensions with { ApiKey = row.Dimensions.ApiKey })))
            && slices.All(slice => slice.Slice.ApiKey is { } key
                && counted.Exists(row => row.Dimensions.ApiKey.Admits(key)));
    }

    private IEnumerable<Charge> CountedBeside(Bucket bucket) => bucket.Dimensions.TokenKind is { } kind
        ? countsBesideBill[(bucket.Channel, kind)].Where(row => IsOf(bucket.Dimensions, row.Dimensions))
        : [];

    // What the bucket names must be what was counted. A count that names more, such as a key, is a part of it.
    private static bool IsOf(ChargeDimensions bucket, ChargeDimensions counted) =>
        Admits(bucket.Workspace, counted.Workspace)
        && Admits(bucket.Project, counted.Project)
        && Admits(bucket.ApiKey, counted.ApiKey)
        && Admits(bucket.Model, counted.Model)
        && AdmitsTier(bucket.ServiceTier, counted.ServiceTier)
        && !bucket.Organization.IsNamed && !bucket.Repository.IsNamed && !bucket.WorkflowPath.IsNamed
        && !bucket.User.IsNamed && !bucket.CostCenter.IsNamed && !bucket.ContextBand.IsNamed;

    // A line that names no tier is of the usual one, which providers call by several names.
    private static bool AdmitsTier(Dimension bucket, Dimension counted) => bucket.IsNamed
        ? bucket.Admits(counted.Text)
        : counted.Text is null || UsualTiers.Contains(counted.Text, StringComparer.OrdinalIgnoreCase);

    // What is billed under no project is counted under none.
    private static bool Admits(Dimension bucket, Dimension counted) => bucket.State == DimensionState.Nobody
        ? counted.State != DimensionState.Value
        : bucket.Admits(counted.Text);

    /// <summary>The tokens that a charge's own quantity is; null where that is in another unit or not whole.</summary>
    public static long? QuantityOf(Charge charge) => charge switch
    {
        { Quantity: >= 0 and <= long.MaxValue, Unit: { } unit } when IsTokens(unit) =>
            decimal.Truncate(charge.Quantity.Value) == charge.Quantity ? (long)charge.Quantity.Value : null,
        { Quantity: >= 0 and <= ThousandsMax, Unit: "1000_tokens" } =>
            decimal.Truncate(charge.Quantity.Value * 1_000) == charge.Quantity * 1_000
                ? (long)(charge.Quantity.Value * 1_000) : null,
        _ => null,
    };

    private static bool IsTokens(string unit) => string.Equals(unit, "tokens", StringComparison.OrdinalIgnoreCase);

    private static TokenCounts? Sum(IEnumerable<TokenCounts?> parts)
    {
        TokenCounts? sum = null;
        foreach (var part in parts)
        {
            if (part is not { } known)
                return null;
            sum = (sum ?? default) + known;
        }

        return sum;
    }

    private static TokenCounts? Only(TokenKind kind, long tokens) => kind switch
    {
        TokenKind.Input => new TokenCounts(tokens, 0, 0),
        TokenKind.Output => new TokenCounts(0, tokens, 0),
        TokenKind.CacheRead => new TokenCounts(0, 0, tokens),
        TokenKind.CacheWrite5m => new TokenCounts(0, 0, 0, tokens),
        _ => new TokenCounts(0, 0, 0, 0, tokens),
    };
}
