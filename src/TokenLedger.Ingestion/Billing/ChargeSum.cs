using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Rows with one natural key, summed. An unknown figure in any of them makes the sum unknown.</summary>
internal sealed class ChargeSum(BillRow first)
{
    // Where a nano-credit sum leaves 64 bits; half of it, so that a day of charges can be added up as well.
    private const decimal LargestUsd = 46_000_000m;

    private ExactSum gross = ExactSum.Of(first.GrossUsd);
    private ExactSum? net = SumOf(first.NetUsd);
    private ExactSum? quantity = SumOf(first.Quantity);
    private decimal? unitPrice = first.UnitPriceUsd;
    private BilledTokens? tokens = first.Tokens;

    /// <summary>The first row met; whatever is no figure is the same in all of them.</summary>
    public BillRow First => first;

    /// <summary>Adds another row of the same key. False when the token counts leave 64 bits.</summary>
    public void Add(BillRow row)
    {
        gross += ExactSum.Of(row.GrossUsd);
        net = ExactSum.Add(net, row.NetUsd);
        quantity = string.Equals(first.Unit, row.Unit, StringComparison.Ordinal)
            ? ExactSum.Add(quantity, row.Quantity)
            : null;
        unitPrice = unitPrice == row.UnitPriceUsd ? unitPrice : null;
        tokens = tokens is { } known && row.Tokens is { } more ? Sum(known, more) : null;
    }

    /// <summary>The charge; null when an amount is larger than the ledger can hold.</summary>
    public Charge? ToCharge(CanonicalHash hash, BillingAccount account, BillView view, string filter)
    {
        var grossUsd = gross.ToDecimal();
        var netUsd = net?.ToDecimal();
        if (Math.Abs(grossUsd) > LargestUsd || Math.Abs(netUsd ?? 0) > LargestUsd)
            return null;
        return new Charge
        {
            Id = ChargeIdentity.IdOf(hash, account, view, first.Day, filter, first.NaturalKey),
            Account = account,
            View = view,
            Day = first.Day,
            Channel = first.Channel,
            Family = first.Class.Family,
            Category = first.Class.Category,
            Product = first.Product,
            Sku = first.Sku,
            ModelText = first.ModelText,
            IsAutoSelected = first.IsAutoSelected,
            // Within one organisation's own bill the organisation is the account, and names nothing further.
            Dimensions = account.Kind == BillingAccountKind.Enterprise
                ? first.Dimensions with { Organization = Dimension.ValueOrNotNamed(first.Organization) }
                : first.Dimensions,
            Quantity = quantity?.ToDecimal(),
            Unit = first.Unit,
            UnitPriceUsd = unitPrice,
            GrossNanoCredits = AiCredits.NanoCreditsFromUsd(grossUsd),
            NetNanoCredits = netUsd is { } known ? AiCredits.NanoCreditsFromUsd(known) : null,
            Tokens = tokens,
        };
    }

    // Each count is at most ExactSum.Limit and a file has at most BillLimits.Rows rows: the product may leave 64 bits.
    private static BilledTokens? Sum(BilledTokens left, BilledTokens right)
    {
        const long Most = long.MaxValue / 4;
        return Math.Abs(left.Input) > Most || Math.Abs(left.Output) > Most
            || Math.Abs(left.CacheRead) > Most || Math.Abs(left.CacheWrite) > Most
            ? null
            : new BilledTokens(
                left.Input + right.Input,
                left.Output + right.Output,
                left.CacheRead + right.CacheRead,
                left.CacheWrite + right.CacheWrite);
    }

    private static ExactSum? SumOf(decimal? value) => value is { } known ? ExactSum.Of(known) : null;
}
