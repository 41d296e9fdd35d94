using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Understands one row of Anthropic's <c>cost_report</c>.</summary>
/// <remarks>
/// Amounts are decimal texts in cents; whether they are after discounts is not said, so they are gross and the net is
/// unknown (Anthropic's API reference, 2026-08).
/// </remarks>
internal static class CostReportRows
{
    private const decimal UsdPerCent = 0.01m;

    // The workspace that every organisation has and that has no id.
    private const string DefaultWorkspace = "default";

    /// <summary>The row; null when it was rejected, which the log then says.</summary>
    public static BillRow? Read(BillCells cells, DateOnly day, bool isByWorkspace, KnownTexts texts, BillLog log)
    {
        if (cells.First("description", "costtype", "tokentype") is null)
        {
            return Reject(BillCodes.NotGrouped,
                "The row does not say what it is for: ask with group_by[]=workspace_id and group_by[]=description.");
        }

        var currency = cells["currency"];
        if (!string.Equals(currency, Money.LedgerCurrency, StringComparison.OrdinalIgnoreCase))
        {
            return Reject(BillCodes.OtherCurrency,
                $"The row is in {ShownText.Of(currency ?? "no currency")}: the ledger counts in USD alone.");
        }

        var figures = new RowFigures(cells);
        var cents = figures.Read("amount");
        if (figures.BadColumn is not null)
        {
            return Reject(BillCodes.BadFigure,
                "The amount is no figure this ledger can hold: fetch the report again.");
        }

        return cents is { } known
            ? Make(cells, day, isByWorkspace, texts, known * UsdPerCent)
            : Reject(BillCodes.NoGross,
                "The row has no amount, and an unknown amount is not 0: fetch the report again.");

        BillRow? Reject(string code, string message)
        {
            log.Reject(cells.Line, day, code, message);
            return null;
        }
    }

    private static BillRow Make(BillCells cells, DateOnly day, bool isByWorkspace, KnownTexts texts, decimal grossUsd)
    {
        var type = cells["costtype"];
        var model = cells["model"] is { } text ? texts.ModelOf(text) : default;
        var kind = FocusSku.KindOf(cells["tokentype"]);
        // What is paid for beside tokens (web search, code execution, sessions) is no figure of a token log.
        var isTokens = string.Equals(type, "tokens", StringComparison.OrdinalIgnoreCase)
            || (type is null && kind is not null);
        return new BillRow
        {
            Line = cells.Line,
            Day = day,
            NaturalKey = NaturalKey.Of(cells, IsKeyColumn),
            Channel = Channel.Anthropic,
            Class = isTokens
                ? new SkuClass(SkuFamily.Tokens, ChargeCategory.AgentOrPeople)
                : new SkuClass(SkuFamily.Other, ChargeCategory.Other),
            Product = type,
            Sku = cells["description"],
            ModelText = cells["model"],
            IsAutoSelected = model.IsAutoSelected,
            Dimensions = new ChargeDimensions
            {
                Workspace = isByWorkspace
                    ? Dimension.Value(cells["workspaceid"] ?? DefaultWorkspace)
                    : Dimension.NotNamed,
                Model = Dimension.ValueOrNotNamed(model.Canonical),
                TokenKind = kind,
                // The context window is no dimension: its step of 200k is not where every model's price changes.
                ServiceTier = Dimension.ValueOrNotNamed(cells["servicetier"]?.ToLowerInvariant()),
            },
            GrossUsd = grossUsd,
        };
    }

    // A closed list: a column that is added later, be it a figure, changes the id of no charge.
    private static bool IsKeyColumn(string name) => name is "costtype" or "tokentype" or "description" or "model"
        or "servicetier" or "contextwindow" or "inferencegeo" or "workspaceid";
}
