using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Understands one row of OpenAI's costs.</summary>
/// <remarks>
/// Amounts are numbers in dollars, some of them texts (observed); whether they are after discounts is not said, so they
/// are gross and the net is unknown (OpenAI's API schema, 2026-08).
/// </remarks>
internal static class OrganizationCostsRows
{
    /// <summary>The row; null when it was rejected, which the log then says.</summary>
    public static BillRow? Read(
        BillCells cells, DateOnly day, OrganizationCostsGroups groups, KnownTexts texts, BillLog log)
    {
        if (!groups.ByLineItem)
        {
            return Reject(BillCodes.NotGrouped,
                "The row does not say what it is for: ask with group_by[]=line_item and group_by[]=project_id.");
        }

        var figures = new RowFigures(cells);
        var grossUsd = figures.Read("amountvalue");
        if (figures.BadColumn is not null)
        {
            return Reject(BillCodes.BadFigure,
                "The amount is no figure this ledger can hold: fetch the costs again.");
        }

        if (grossUsd is not { } gross)
        {
            return Reject(BillCodes.NoGross,
                "The row has no amount, and an unknown amount is not 0: fetch the costs again.");
        }

        var currency = cells["amountcurrency"];
        return string.Equals(currency, Money.LedgerCurrency, StringComparison.OrdinalIgnoreCase)
            ? Make(cells, day, groups, texts, gross)
            : Reject(BillCodes.OtherCurrency,
                $"The row is in {ShownText.Of(currency ?? "no currency")}: the ledger counts in USD alone.");

        BillRow? Reject(string code, string message)
        {
            log.Reject(cells.Line, day, code, message);
            return null;
        }
    }

    private static BillRow Make(
        BillCells cells, DateOnly day, OrganizationCostsGroups groups, KnownTexts texts, decimal grossUsd)
    {
        var item = OpenAILineItem.Of(cells["lineitem"], cells["quantityunit"]);
        var model = item.Model is { } text ? texts.ModelOf(text) : default;
        return new BillRow
        {
            Line = cells.Line,
            Day = day,
            NaturalKey = NaturalKey.Of(cells, IsKeyColumn),
            Channel = Channel.OpenAI,
            Class = item.Meaning switch
            {
                OpenAILineItem.Sense.Tokens => new SkuClass(SkuFamily.Tokens, ChargeCategory.AgentOrPeople),
                // It may be tokens: it counts in the total of AI usage, and no run is given any of it.
                OpenAILineItem.Sense.Unmapped => new SkuClass(SkuFamily.Tokens, ChargeCategory.Other),
                _ => new SkuClass(SkuFamily.Other, ChargeCategory.Other),
            },
            Sku = cells["lineitem"],
            ModelText = item.Model,
            IsAutoSelected = model.IsAutoSelected,
            Dimensions = new ChargeDimensions
            {
                Project = Named(cells["projectid"], groups.ByProject),
                ApiKey = Named(cells["apikeyid"], groups.ByKey),
                Model = Dimension.ValueOrNotNamed(model.Canonical),
                TokenKind = item.Kind,
                ServiceTier = Dimension.ValueOrNotNamed(item.ServiceTier),
                ContextBand = item.IsLongContext ? Dimension.Value(PricedSlice.LongBand) : Dimension.NotNamed,
            },
            // A quantity that is no figure is none; the money is.
            Quantity = new RowFigures(cells).Read("quantity"),
            Unit = cells["quantityunit"],
            GrossUsd = grossUsd,
        };
    }

    // Left open, what is billed under no project would match the runs of every project.
    private static Dimension Named(string? text, bool isAskedFor) =>
        isAskedFor ? Dimension.ValueOrNobody(text) : Dimension.ValueOrNotNamed(text);

    // A closed list: a column that is added later, be it a figure, changes the id of no charge.
    private static bool IsKeyColumn(string name) => name is "lineitem" or "projectid" or "apikeyid";
}
