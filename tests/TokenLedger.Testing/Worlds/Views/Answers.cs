using System.Globalization;
using System.Text;
using TokenLedger.Testing.Worlds.Bills;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>The answers of the billing endpoints, in the provider's own JSON.</summary>
public static class Answers
{
    /// <summary><c>ai_credit/usage</c> of one day: a row for each product, SKU and model.</summary>
    public static BillText AiCredit(ViewScope scope, DateOnly day, DateTimeOffset now)
    {
        var rows = scope.ShownAt(day, now)
            .Where(shown => shown.Line.IsAiCredits)
            .GroupBy(shown => (shown.Line.Item, shown.Line.Model, shown.Line.IsRefund))
            .OrderBy(alike => alike.Key.Model, StringComparer.Ordinal)
            .Select(alike => Row(
                alike.Key.Item, ShownSum.Of(alike), scope.IsNoisy, $"\"model\":\"{alike.Key.Model}\","))
            .ToList();
        return Wrapped(scope, "ai_credit/usage", day, now, TimePeriod(scope, day), rows);
    }

    /// <summary><c>usage/summary</c> of one day: a row for each product and SKU.</summary>
    public static BillText Summary(ViewScope scope, DateOnly day, DateTimeOffset now)
    {
        var rows = scope.ShownAt(day, now)
            .GroupBy(shown => shown.Line.Item)
            .OrderBy(alike => alike.Key)
            .Select(alike => Row(alike.Key, ShownSum.Of(alike), scope.IsNoisy, ""))
            .ToList();
        return Wrapped(scope, "usage/summary", day, now, TimePeriod(scope, day), rows);
    }

    /// <summary>
    /// <c>usage</c> of one day: a row for each SKU, organisation and, of minutes, repository. An enterprise is told
    /// what has no cost centre.
    /// </summary>
    public static BillText Usage(ViewScope scope, DateOnly day, DateTimeOffset now)
    {
        var isEnterprise = scope.Echo.Property == "enterprise";
        var rows = scope.ShownAt(day, now)
            .Where(shown => !isEnterprise || shown.Line.CostCenter is null)
            .GroupBy(shown => (
                shown.Line.Item, shown.Line.Organization,
                Repository: shown.Line.Item == BillItem.ActionsMinutes ? shown.Line.Repository : null))
            .OrderBy(alike => alike.Key)
            .Select(alike => DatedRow(alike.Key, ShownSum.Of(alike), day, scope.IsNoisy))
            .ToList();
        return Wrapped(scope, "usage", day, now, "", rows);
    }

    private static string Row(BillItem item, ShownSum sum, bool isNoisy, string model) =>
        $"{{\"product\":\"{BillNames.Product(item, isReport: false)}\","
        + $"\"sku\":\"{BillNames.Sku(item, isReport: false)}\",{model}\"unitType\":\"{BillNames.Unit(item)}\","
        + $"\"pricePerUnit\":{BillNames.UnitPriceUsd(item)},"
        + $"\"grossQuantity\":{BillFigures.Credits(sum.GrossNanoCredits)},"
        + $"\"grossAmount\":{BillFigures.Usd(sum.GrossNanoCredits, isNoisy)},"
        + $"\"discountQuantity\":{BillFigures.Credits(sum.DiscountNanoCredits)},"
        + $"\"discountAmount\":{BillFigures.Usd(sum.DiscountNanoCredits, isNoisy)},"
        + $"\"netQuantity\":{BillFigures.Credits(sum.NetNanoCredits)},"
        + $"\"netAmount\":{BillFigures.Usd(sum.NetNanoCredits, isNoisy)}}}";

    private static string DatedRow(
        (BillItem Item, string Organization, string? Repository) of, ShownSum sum, DateOnly day, bool isNoisy) =>
        $"{{\"date\":\"{BillFigures.Day(day)}\",\"product\":\"{BillNames.Product(of.Item, isReport: false)}\","
        + $"\"sku\":\"{BillNames.Sku(of.Item, isReport: false)}\","
        + $"\"quantity\":{BillFigures.Whole(sum.GrossNanoCredits)},\"unitType\":\"{BillNames.Unit(of.Item)}\","
        + $"\"pricePerUnit\":{BillNames.UnitPriceUsd(of.Item)},"
        + $"\"grossAmount\":{BillFigures.Usd(sum.GrossNanoCredits, isNoisy)},"
        + $"\"discountAmount\":{BillFigures.Usd(sum.DiscountNanoCredits, isNoisy)},"
        + $"\"netAmount\":{BillFigures.Usd(sum.NetNanoCredits, isNoisy)},"
        + $"\"organizationName\":\"{of.Organization}\""
        + (of.Repository is null ? "}" : $",\"repositoryName\":\"{of.Repository}\"}}");

    private static string TimePeriod(ViewScope scope, DateOnly day)
    {
        var (property, name) = scope.Echo;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\"timePeriod\":{{\"year\":{day.Year},\"month\":{day.Month},\"day\":{day.Day}}},")
            + $"\"{property}\":\"{name}\",";
    }

    private static BillText Wrapped(
        ViewScope scope, string endpoint, DateOnly day, DateTimeOffset now, string head, List<string> rows)
    {
        var url = $"https://api.github.com/{scope.Path}/settings/billing/{endpoint}" + string.Create(
            CultureInfo.InvariantCulture, $"?year={day.Year}&month={day.Month}&day={day.Day}");
        var body = $"{{{head}\"usageItems\":[{string.Join(',', rows)}]}}";
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{{\"url\":\"{url}\",\"requestedAt\":\"{now:O}\",\"response\":{body}}}\n");
        return new BillText(Encoding.UTF8.GetBytes(text), string.Join('\n', rows), rows.Count);
    }
}
