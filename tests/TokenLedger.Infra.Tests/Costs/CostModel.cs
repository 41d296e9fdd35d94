using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Infra.Tests.Costs;

/// <summary>What a number of runs costs: quantity × runs ÷ unit × price, of <c>infra/costs.json</c>.</summary>
internal sealed class CostModel
{
    private readonly JsonElement meters;

    public CostModel(JsonElement inputs)
    {
        meters = inputs.GetProperty("meters");
        Runs = inputs.GetProperty("runs").GetInt32();
        PerRuns = Items(inputs.GetProperty("perRun"), Runs);
        PerMonth = Items(inputs.GetProperty("perMonth"), 1);
        StorageCallsPerRun = PerRuns.Where(item => item.IsStorageCall).Sum(item => item.Quantity) / Runs;
    }

    public int Runs { get; }

    public decimal StorageCallsPerRun { get; }

    public IReadOnlyList<CostItem> PerRuns { get; }

    public IReadOnlyList<CostItem> PerMonth { get; }

    /// <summary>Of all with a known price that are not optional.</summary>
    public static decimal SumOf(IEnumerable<CostItem> items) =>
        items.Where(item => !item.IsOptional).Sum(item => item.Usd ?? 0);

    /// <summary>One sentence.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"About {SumOf(PerRuns):0.00} USD for {Runs:N0} runs and {SumOf(PerMonth):0.00} USD a month beside them, before "
        + $"free grants and without {string.Join(" and ", Unknown)}, whose prices are not known here.");

    /// <summary>Both tables.</summary>
    public string Tables => Table(string.Create(CultureInfo.InvariantCulture, $"For {Runs:N0} runs"), PerRuns)
        + "\n" + Table("For a month, whatever the runs", PerMonth);

    private IEnumerable<string> Unknown => PerRuns.Concat(PerMonth)
        .Where(item => item.Usd is null).Select(item => item.Meter).Distinct(StringComparer.Ordinal);

    private static string Table(string title, IReadOnlyList<CostItem> items) => string.Concat(
    [
        $"| {title} | quantity | metered as | quantity is | USD | price is |\n",
        "|---|---:|---|---|---:|---|\n",
        .. items.Select(item => string.Create(
            CultureInfo.InvariantCulture,
            $"| {item.What} | {item.Quantity:#,0.######} | {item.Meter} | {item.Basis} | {Money(item.Usd)} | {item.Source} |\n")),
        $"| **together**, without what is unknown or optional | | | | **{Money(SumOf(items))}** | |\n",
    ]);

    private static string Money(decimal? usd) => usd?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "unknown";

    private List<CostItem> Items(JsonElement items, int times) =>
    [
        .. items.EnumerateArray().Select(item =>
        {
            var name = item.GetProperty("meter").GetString()!;
            var meter = meters.GetProperty(name);
            var quantity = item.GetProperty("quantity").GetDecimal() * times;
            var price = meter.GetProperty("usd");
            decimal? usd = price.ValueKind == JsonValueKind.Null
                ? null
                : quantity / meter.GetProperty("per").GetDecimal() * price.GetDecimal();
            return new CostItem(
                item.GetProperty("what").GetString()!, name, quantity, item.GetProperty("basis").GetString()!, usd,
                meter.GetProperty("source").GetString()!, Is(item, "isStorageCall"), Is(item, "isOptional"));
        }),
    ];

    private static bool Is(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.GetBoolean();
}
