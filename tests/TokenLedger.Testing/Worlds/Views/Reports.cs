using System.Globalization;
using System.Text;
using TokenLedger.Testing.Worlds.Bills;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>The reports that people export, as CSV. The order of rows is not stable, as with the provider.</summary>
public static class Reports
{
    private const string AiHeader =
        "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,"
        + "net_amount,total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount,"
        + "input,output,cache_read,cache_write";

    private const string DetailedHeader =
        "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,"
        + "username,organization,repository,workflow_path,cost_center_name";

    /// <summary>The AI usage report: a row for each day, person, SKU, model and organisation, with tokens.</summary>
    public static string AiReport(ViewScope scope, IEnumerable<DateOnly> days, DateTimeOffset now, WorldDice dice) =>
        File(AiHeader, days.SelectMany(day => AiRows(scope, day, now)), dice);

    /// <summary>The rows of a day in the AI usage report.</summary>
    public static IEnumerable<string> AiRows(ViewScope scope, DateOnly day, DateTimeOffset now) =>
        scope.ShownAt(day, now)
            .Where(shown => shown.Line.IsAiCredits)
            .GroupBy(shown => (
                shown.Line.User, shown.Line.Item, shown.Line.Model, shown.Line.Organization,
                Repository: scope.World.Plan.ReportNamesRepositories ? shown.Line.Repository : null,
                shown.Line.CostCenter, shown.Line.IsRefund))
            .Select(alike => AiRow(scope, day, alike.First().Line, ShownSum.Of(alike)))
            .Order(StringComparer.Ordinal);

    /// <summary>The detailed report: all products, with repository and workflow.</summary>
    public static string Detailed(ViewScope scope, IEnumerable<DateOnly> days, DateTimeOffset now, WorldDice dice) =>
        File(DetailedHeader, days.SelectMany(day => DetailedRows(scope, day, now)), dice);

    /// <summary>The rows of a day in the detailed report.</summary>
    public static IEnumerable<string> DetailedRows(ViewScope scope, DateOnly day, DateTimeOffset now) =>
        scope.ShownAt(day, now)
            .GroupBy(shown => (
                shown.Line.Item, shown.Line.User, shown.Line.Organization, shown.Line.Repository,
                shown.Line.WorkflowPath, shown.Line.CostCenter))
            .Select(alike => DetailedRow(scope, day, alike.First().Line, ShownSum.Of(alike)))
            .Order(StringComparer.Ordinal);

    private static string AiRow(ViewScope scope, DateOnly day, BillLine line, ShownSum sum)
    {
        var input = scope.World.Plan.ReportInputHoldsCache ? sum.Tokens.Prompt : sum.Tokens.Input;
        return string.Join(
            ',', BillFigures.Day(day), line.User, BillNames.Product(line.Item, isReport: true),
            BillNames.Sku(line.Item, isReport: true), line.Model, BillFigures.Credits(sum.GrossNanoCredits),
            BillNames.Unit(line.Item), BillNames.UnitPriceUsd(line.Item),
            BillFigures.Usd(sum.GrossNanoCredits, scope.IsNoisy),
            BillFigures.Usd(sum.DiscountNanoCredits, scope.IsNoisy),
            BillFigures.Usd(sum.NetNanoCredits, scope.IsNoisy), "0", line.Organization,
            scope.World.Plan.ReportNamesRepositories ? line.Repository : null, line.CostCenter, "0", "0",
            Count(input), Count(sum.Tokens.Output), Count(sum.Tokens.CacheRead), Count(sum.Tokens.CacheWrite));
    }

    private static string DetailedRow(ViewScope scope, DateOnly day, BillLine line, ShownSum sum) => string.Join(
        ',', BillFigures.Day(day), BillNames.Product(line.Item, isReport: true),
        BillNames.Sku(line.Item, isReport: true), BillFigures.Credits(sum.GrossNanoCredits),
        BillNames.Unit(line.Item), BillNames.UnitPriceUsd(line.Item),
        BillFigures.Usd(sum.GrossNanoCredits, scope.IsNoisy), BillFigures.Usd(sum.DiscountNanoCredits, scope.IsNoisy),
        BillFigures.Usd(sum.NetNanoCredits, scope.IsNoisy), line.User, line.Organization, line.Repository,
        line.WorkflowPath, line.CostCenter);

    private static string File(string header, IEnumerable<string> rows, WorldDice dice) => new StringBuilder(header)
        .Append("\r\n")
        .AppendJoin("\r\n", rows.OrderBy(_ => dice.Roll(0, 1 << 20)))
        .Append("\r\n")
        .ToString();

    private static string Count(long tokens) => tokens.ToString(CultureInfo.InvariantCulture);
}
