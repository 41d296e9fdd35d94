using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Understands one row of a FOCUS file.</summary>
internal static class FocusRows
{
    /// <summary>The row; null when it was rejected, which the log then says.</summary>
    public static BillRow? Read(
        BillCells cells, DateOnly day, Channel channel, ModelNames names, BillLog log, BillChecks checks)
    {
        var currency = cells["billingcurrency"];
        if (!string.Equals(currency, Money.LedgerCurrency, StringComparison.OrdinalIgnoreCase))
        {
            log.Reject(cells.Line, day, BillCodes.OtherCurrency,
                $"The row is in {ShownText.Of(currency ?? "no currency")}, the ledger counts in USD and converts "
                + "nothing: export the file in USD.");
            return null;
        }

        var figures = new RowFigures(cells);
        var gross = Usd(GrossOf(figures));
        var row = Make(cells, day, channel, names, figures, gross?.AmountIn(Money.LedgerCurrency) ?? 0);
        var priced = figures.Read("pricingquantity");
        var price = figures.Read("contractedunitprice");
        if (figures.BadColumn is { } bad)
        {
            log.Reject(cells.Line, day, BillCodes.BadFigure,
                $"The column {bad} is no figure this ledger can hold: correct it, or export the file again.");
            return null;
        }

        if (gross is null)
        {
            log.Reject(cells.Line, day, BillCodes.NoGross,
                "The row has none of ContractedCost, ListCost and BilledCost, and an unknown amount is not 0: "
                + "export the file again.");
            return null;
        }

        // FOCUS frees corrections from the product rule, and the price is one of the contracted cost alone.
        if (cells["chargeclass"] is null && cells["contractedcost"] is not null)
            checks.Look(row, priced, price);
        return row;
    }

    // Gross is what the usage costs this customer before credits and prepayments: ContractedCost. ListCost stands in
    // where a producer leaves it empty; BilledCost comes last, because FOCUS sets it to 0 for usage drawn from a
    // prepaid pool or paid to a marketplace. Net is BilledCost: what is on the invoice. (FOCUS 1.2, 2025-05-29.)
    private static decimal? GrossOf(RowFigures figures) =>
        figures.Read("contractedcost") ?? figures.Read("listcost") ?? figures.Read("billedcost");

    private static Money? Usd(decimal? amount) => amount is { } known ? Money.Usd(known) : null;

    private static BillRow Make(
        BillCells cells, DateOnly day, Channel channel, ModelNames names, RowFigures figures, decimal gross)
    {
        var sku = FocusSku.Of(cells);
        var consumed = figures.Read("consumedquantity");
        var unit = consumed is null ? cells["pricingunit"] : cells["consumedunit"];
        var model = sku.Model is { } text ? names.Normalise(text) : default;
        return new BillRow
        {
            Line = cells.Line,
            Day = day,
            NaturalKey = NaturalKey.Of(cells, IsKeyColumn),
            Channel = channel,
            Class = ClassOf(cells, channel, sku, unit),
            Product = cells["servicename"],
            Sku = cells.First("skuid", "skumeter"),
            ModelText = sku.Model,
            IsAutoSelected = model.IsAutoSelected,
            Dimensions = new ChargeDimensions
            {
                Workspace = channel == Channel.Anthropic ? SubAccount(cells) : Dimension.NotNamed,
                Project = channel == Channel.OpenAI ? SubAccount(cells) : Dimension.NotNamed,
                ApiKey = Dimension.ValueOrNotNamed(cells["xapikeyid"]),
                Model = Dimension.ValueOrNotNamed(model.Canonical),
                TokenKind = sku.Kind,
                ServiceTier = Dimension.ValueOrNotNamed(sku.ServiceTier),
                ContextBand = Dimension.ValueOrNotNamed(sku.ContextBand),
            },
            Quantity = consumed ?? figures.Read("pricingquantity"),
            Unit = unit,
            // The price is per pricing unit, which is another than the consumed unit.
            UnitPriceUsd = consumed is null ? figures.Read("contractedunitprice", "listunitprice") : null,
            GrossUsd = gross,
            NetUsd = figures.Read("billedcost"),
        };
    }

    // An empty sub-account is the default workspace or a file that does not tell them apart: it names nothing.
    private static Dimension SubAccount(BillCells cells) => Dimension.ValueOrNotNamed(cells["subaccountid"]);

    // A correction of usage (ChargeClass) is usage; taxes, purchases, credits and adjustments are never spread.
    private static SkuClass ClassOf(BillCells cells, Channel channel, FocusSku sku, string? unit)
    {
        var other = new SkuClass(SkuFamily.Other, ChargeCategory.Other);
        if (!string.Equals(cells["chargecategory"], "Usage", StringComparison.OrdinalIgnoreCase))
            return other;
        if (channel == Channel.Copilot)
        {
            return SkuRules.Classify(new SkuText(
                cells["servicename"], cells.First("skuid", "skumeter"), cells["pricingunit"] ?? unit, sku.Model, null));
        }

        var isTokens = sku.Kind is not null || sku.Model is not null
            || (unit ?? "").Contains("token", StringComparison.OrdinalIgnoreCase);
        return isTokens ? new SkuClass(SkuFamily.Tokens, ChargeCategory.AgentOrPeople) : other;
    }

    // The hours of a day are one charge, and an invoice's number is filled in weeks after the charge is first seen.
    private static bool IsKeyColumn(string name) =>
        name is not ("chargeperiodstart" or "chargeperiodend" or "invoiceid" or "invoicedetailid")
        && !name.EndsWith("cost", StringComparison.Ordinal)
        && !name.EndsWith("quantity", StringComparison.Ordinal)
        && !name.EndsWith("unitprice", StringComparison.Ordinal);
}
