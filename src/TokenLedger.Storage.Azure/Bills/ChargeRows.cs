using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Bills;

/// <summary>Charges as rows of <c>charges</c>, under the look they were seen in.</summary>
internal static class ChargeRows
{
    public static readonly TableColumns Columns = new()
    {
        { "day", TableColumnKind.Text }, { "accountkey", TableColumnKind.Text }, { "charge", TableColumnKind.Text },
        { "channel", TableColumnKind.Text }, { "family", TableColumnKind.Text }, { "category", TableColumnKind.Text },
        { "product", TableColumnKind.Text }, { "sku", TableColumnKind.Text }, { "modeltext", TableColumnKind.Text },
        { "autoselected", TableColumnKind.Boolean }, { "organization", TableColumnKind.Text },
        { "repository", TableColumnKind.Text }, { "workflowpath", TableColumnKind.Text },
        { "user", TableColumnKind.Text }, { "costcenter", TableColumnKind.Text },
        { "workspace", TableColumnKind.Text }, { "project", TableColumnKind.Text }, { "apikey", TableColumnKind.Text },
        { "model", TableColumnKind.Text }, { "tokenkind", TableColumnKind.Text },
        { "servicetier", TableColumnKind.Text }, { "contextband", TableColumnKind.Text },
        { "quantity", TableColumnKind.Text }, { "unit", TableColumnKind.Text },
        { "unitpriceusd", TableColumnKind.Text }, { "billedgrossusd", TableColumnKind.Text },
        { "billednetusd", TableColumnKind.Text }, { "inputtokens", TableColumnKind.Int64 },
        { "outputtokens", TableColumnKind.Int64 }, { "cachereadtokens", TableColumnKind.Int64 },
        { "cachewritetokens", TableColumnKind.Int64 },
    };

    /// <summary>The charges of a look, ordered by their ids.</summary>
    public static IEnumerable<TableEntity> ToRows(Observation look)
    {
        var partition = ObservationRows.ChargePartition(look.Day, look.Account.Key, ObservationRows.Key(look));
        return look.Charges
            .OrderBy(charge => charge.Id, StringComparer.Ordinal)
            .Select((charge, number) => ToRow(charge, look, partition, number));
    }

    public static Charge FromRow(TableEntity row, BillingAccount account, BillView view) => new()
    {
        Account = account,
        View = view,
        Day = row.KnownDay("day"),
        Id = row.KnownText("charge"),
        Channel = new Channel(row.KnownText("channel")),
        Family = row.KnownEnum<SkuFamily>("family"),
        Category = row.KnownEnum<ChargeCategory>("category"),
        Product = row.Text("product"),
        Sku = row.Text("sku"),
        ModelText = row.Text("modeltext"),
        IsAutoSelected = row.KnownBoolean("autoselected"),
        Dimensions = DimensionsFromRow(row),
        Quantity = row.Money("quantity"),
        Unit = row.Text("unit"),
        UnitPriceUsd = row.Money("unitpriceusd"),
        GrossNanoCredits = AiCredits.NanoCreditsFromUsd(row.KnownMoney("billedgrossusd")),
        NetNanoCredits = row.Money("billednetusd") is { } net ? AiCredits.NanoCreditsFromUsd(net) : null,
        Tokens = row.Int64("inputtokens") is { } input
            ? new BilledTokens(
                input, row.KnownInt64("outputtokens"), row.KnownInt64("cachereadtokens"),
                row.KnownInt64("cachewritetokens"))
            : null,
    };

    private static TableEntity ToRow(Charge charge, Observation look, string partition, int number)
    {
        var named = charge.Dimensions;
        var net = charge.NetNanoCredits is { } nano ? AiCredits.UsdFromNanoCredits(nano) : (decimal?)null;
        return new LedgerRow(partition, RowText.Narrow(number))
            .Add("day", look.Day)
            .Add("accountkey", look.Account.Key)
            .Add("view", look.View.ToString())
            .Add("charge", charge.Id)
            .Add("channel", charge.Channel.ToString())
            .Add("family", charge.Family.ToString())
            .Add("category", charge.Category.ToString())
            .Add("product", charge.Product)
            .Add("sku", charge.Sku)
            .Add("modeltext", charge.ModelText)
            .Add("autoselected", charge.IsAutoSelected)
            .Add("organization", named.Organization.ToString())
            .Add("repository", named.Repository.ToString())
            .Add("workflowpath", named.WorkflowPath.ToString())
            .Add("user", named.User.ToString())
            .Add("costcenter", named.CostCenter.ToString())
            .Add("workspace", named.Workspace.ToString())
            .Add("project", named.Project.ToString())
            .Add("apikey", named.ApiKey.ToString())
            .Add("model", named.Model.ToString())
            .Add("tokenkind", named.TokenKind?.ToString())
            .Add("servicetier", named.ServiceTier.ToString())
            .Add("contextband", named.ContextBand.ToString())
            .AddMoney("quantity", charge.Quantity)
            .Add("unit", charge.Unit)
            .AddMoney("unitpriceusd", charge.UnitPriceUsd)
            .AddMoney("billedgrossusd", AiCredits.UsdFromNanoCredits(charge.GrossNanoCredits))
            .AddMoney("billednetusd", net)
            .Add("inputtokens", charge.Tokens?.Input)
            .Add("outputtokens", charge.Tokens?.Output)
            .Add("cachereadtokens", charge.Tokens?.CacheRead)
            .Add("cachewritetokens", charge.Tokens?.CacheWrite)
            .ToEntity();
    }

    private static ChargeDimensions DimensionsFromRow(TableEntity row) => new()
    {
        Organization = DimensionOf(row, "organization"),
        Repository = DimensionOf(row, "repository"),
        WorkflowPath = DimensionOf(row, "workflowpath"),
        User = DimensionOf(row, "user"),
        CostCenter = DimensionOf(row, "costcenter"),
        Workspace = DimensionOf(row, "workspace"),
        Project = DimensionOf(row, "project"),
        ApiKey = DimensionOf(row, "apikey"),
        Model = DimensionOf(row, "model"),
        TokenKind = row.Text("tokenkind") is null ? null : row.KnownEnum<TokenKind>("tokenkind"),
        ServiceTier = DimensionOf(row, "servicetier"),
        ContextBand = DimensionOf(row, "contextband"),
    };

    private static Dimension DimensionOf(TableEntity row, string column) => row.KnownText(column) switch
    {
        "*" => Dimension.NotNamed,
        "-" => Dimension.Nobody,
        var text => Dimension.Value(text[1..]),
    };
}
