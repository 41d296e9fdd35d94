using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Bills;

/// <summary>Charges as rows of <c>charges</c>, under the observation they were seen in.</summary>
internal static class ChargeRows
{
    public const string Table = "charges";

    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "observation", "charge", "channel", "family", "category", "product", "sku", "modeltext", "autoselected",
        "organization", "repository", "workflowpath", "user", "costcenter", "workspace", "project", "apikey", "model",
        "tokenkind", "servicetier", "contextband", "quantity", "unit", "unitpriceusd", "billedgrossusd", "billednetusd",
        "inputtokens", "outputtokens", "cachereadtokens", "cachewritetokens",
        "billedgrossusdchart", "billednetusdchart",
    ];

    public static void ToRow(RowWriter writer, Charge charge, long observation)
    {
        var named = charge.Dimensions;
        var gross = AiCredits.UsdFromNanoCredits(charge.GrossNanoCredits);
        var net = charge.NetNanoCredits is { } nano ? AiCredits.UsdFromNanoCredits(nano) : (decimal?)null;
        writer.Write(
            observation,
            charge.Id,
            charge.Channel.ToString(),
            charge.Family.ToString(),
            charge.Category.ToString(),
            charge.Product,
            charge.Sku,
            charge.ModelText,
            charge.IsAutoSelected,
            named.Organization.ToString(),
            named.Repository.ToString(),
            named.WorkflowPath.ToString(),
            named.User.ToString(),
            named.CostCenter.ToString(),
            named.Workspace.ToString(),
            named.Project.ToString(),
            named.ApiKey.ToString(),
            named.Model.ToString(),
            named.TokenKind?.ToString(),
            named.ServiceTier.ToString(),
            named.ContextBand.ToString(),
            Columns.Text(charge.Quantity),
            charge.Unit,
            Columns.Text(charge.UnitPriceUsd),
            Columns.Text(gross),
            Columns.Text(net),
            charge.Tokens?.Input,
            charge.Tokens?.Output,
            charge.Tokens?.CacheRead,
            charge.Tokens?.CacheWrite,
            Columns.Chart(gross),
            Columns.Chart(net));
    }

    public static Charge FromRow(SqliteDataReader row, BillingAccount account, BillView view, DateOnly day) => new()
    {
        Account = account,
        View = view,
        Day = day,
        Id = row.GetString(1),
        Channel = new Channel(row.GetString(2)),
        Family = row.Enum<SkuFamily>(3),
        Category = row.Enum<ChargeCategory>(4),
        Product = row.TextOrNull(5),
        Sku = row.TextOrNull(6),
        ModelText = row.TextOrNull(7),
        IsAutoSelected = row.GetBoolean(8),
        Dimensions = DimensionsFromRow(row),
        Quantity = row.MoneyOrNull(21),
        Unit = row.TextOrNull(22),
        UnitPriceUsd = row.MoneyOrNull(23),
        GrossNanoCredits = AiCredits.NanoCreditsFromUsd(row.Money(24)),
        NetNanoCredits = row.MoneyOrNull(25) is { } net ? AiCredits.NanoCreditsFromUsd(net) : null,
        Tokens = row.IsDBNull(26)
            ? null
            : new BilledTokens(row.GetInt64(26), row.GetInt64(27), row.GetInt64(28), row.GetInt64(29)),
    };

    private static ChargeDimensions DimensionsFromRow(SqliteDataReader row) => new()
    {
        Organization = DimensionOf(row.GetString(9)),
        Repository = DimensionOf(row.GetString(10)),
        WorkflowPath = DimensionOf(row.GetString(11)),
        User = DimensionOf(row.GetString(12)),
        CostCenter = DimensionOf(row.GetString(13)),
        Workspace = DimensionOf(row.GetString(14)),
        Project = DimensionOf(row.GetString(15)),
        ApiKey = DimensionOf(row.GetString(16)),
        Model = DimensionOf(row.GetString(17)),
        TokenKind = row.IsDBNull(18) ? null : row.Enum<TokenKind>(18),
        ServiceTier = DimensionOf(row.GetString(19)),
        ContextBand = DimensionOf(row.GetString(20)),
    };

    private static Dimension DimensionOf(string text) => text switch
    {
        "*" => Dimension.NotNamed,
        "-" => Dimension.Nobody,
        _ => Dimension.Value(text[1..]),
    };
}
