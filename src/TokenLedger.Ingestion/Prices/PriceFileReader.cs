using System.Globalization;
using System.Text.Json;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Prices;

/// <summary>Reads the parts of a price file and reports every wrong field, each under the name of its row.</summary>
internal sealed class PriceFileReader(string source, List<InputProblem> problems)
{
    // Ten years of monthly changes for a thousand models; more is a mistake.
    private const int MaximumRows = 200_000;

    private static readonly string[] RootFields = ["schema", "aliases", "autoDiscounts", "rows"];
    private static readonly string[] RowFields =
    [
        "channel", "model", "validFrom", "validTo", "promptTokensAbove", "usdPerMillionTokens",
        "source", "asOf", "verified",
    ];

    private static readonly string[] PriceFields = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"];
    private static readonly string[] DiscountFields = ["channel", "validFrom", "validTo", "percent"];

    public PriceFile Read(JsonElement root)
    {
        var noNames = new ModelNames([]);
        if (root.ValueKind != JsonValueKind.Object)
        {
            Report(PriceCodes.WrongSchema, "The price file is not a JSON object; see docs for tokenledger/prices/v1.");
            return new PriceFile(noNames, [], []);
        }

        if (Text(root, "schema", "the file") is { } schema
            && !string.Equals(schema, PriceBookReader.Schema, StringComparison.Ordinal))
            Report(PriceCodes.WrongSchema, "The price file's schema is not tokenledger/prices/v1; convert the file.");
        RefuseUnknown(root, RootFields, "the file");
        var names = Aliases(root, noNames);
        return new PriceFile(names, Rows(root, names), Discounts(root));
    }

    private ModelNames Aliases(JsonElement root, ModelNames noNames)
    {
        if (!root.TryGetProperty("aliases", out var aliases))
            return noNames;
        if (aliases.ValueKind != JsonValueKind.Object)
        {
            Report(PriceCodes.WrongField, "aliases must be an object of alias and model.");
            return noNames;
        }

        var byAlias = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alias in aliases.EnumerateObject())
        {
            if (alias.Value.ValueKind != JsonValueKind.String)
            {
                Report(PriceCodes.WrongField, $"The alias {Quote(alias.Name)} must name a model as a string.");
                continue;
            }

            var target = noNames.Normalise(alias.Value.GetString()).Canonical;
            var folded = noNames.Normalise(alias.Name).Canonical;
            if (!byAlias.TryAdd(folded, target) && !string.Equals(byAlias[folded], target, StringComparison.Ordinal))
                Report(PriceCodes.AliasConflict, $"The alias {Quote(alias.Name)} names two models; keep one.");
        }

        return new ModelNames(byAlias);
    }

    private List<PriceRow> Rows(JsonElement root, ModelNames names)
    {
        var rows = new List<PriceRow>();
        if (!root.TryGetProperty("rows", out var items) || items.ValueKind != JsonValueKind.Array
            || items.GetArrayLength() is 0 or > MaximumRows)
        {
            Report(PriceCodes.WrongField, "rows must be an array of 1 to 200 000 price rows.");
            return rows;
        }

        var number = 0;
        foreach (var item in items.EnumerateArray())
        {
            number++;
            var place = string.Create(CultureInfo.InvariantCulture, $"row {number}");
            if (item.ValueKind != JsonValueKind.Object)
                Report(PriceCodes.WrongField, $"{place} is not an object.");
            else if (Row(item, place, names) is { } row)
                rows.Add(row);
        }

        return rows;
    }

    private PriceRow? Row(JsonElement item, string place, ModelNames names)
    {
        var before = problems.Count;
        RefuseUnknown(item, RowFields, place);
        var channel = Text(item, "channel", place);
        var model = Text(item, "model", place);
        var from = Day(item, "validFrom", place);
        var to = Day(item, "validTo", place);
        var asOf = Day(item, "asOf", place);
        if (asOf is null)
            Report(PriceCodes.WrongField, $"{place}: asOf must say the day the source was read.");
        var above = item.TryGetProperty("promptTokensAbove", out var threshold)
            && threshold.ValueKind == JsonValueKind.Number && threshold.TryGetInt64(out var tokens) ? tokens : -1;
        if (above < 0)
            Report(PriceCodes.WrongField, $"{place}: promptTokensAbove must be a whole number; 0 for all prompts.");
        var verified = item.TryGetProperty("verified", out var flag) ? flag.ValueKind : JsonValueKind.Undefined;
        if (verified is not (JsonValueKind.True or JsonValueKind.False))
            Report(PriceCodes.WrongField, $"{place}: verified must be true or false.");
        var origin = Text(item, "source", place);
        var prices = Prices(item, place);
        if (problems.Count > before)
            return null;
        return new PriceRow(
            Channel.FromProvider(channel), names.Normalise(model).Canonical, from, to, above, prices,
            origin!, asOf!.Value, verified == JsonValueKind.True);
    }

    private UnitPrices Prices(JsonElement item, string place)
    {
        if (!item.TryGetProperty("usdPerMillionTokens", out var prices) || prices.ValueKind != JsonValueKind.Object)
        {
            Report(PriceCodes.WrongField, $"{place}: usdPerMillionTokens must be an object of prices by token kind.");
            return default;
        }

        RefuseUnknown(prices, PriceFields, place);
        return new UnitPrices(
            Decimal(prices, "input", place), Decimal(prices, "output", place), Decimal(prices, "cacheRead", place),
            Decimal(prices, "cacheWrite5m", place), Decimal(prices, "cacheWrite1h", place));
    }

    private List<AutoDiscount> Discounts(JsonElement root)
    {
        var discounts = new List<AutoDiscount>();
        if (!root.TryGetProperty("autoDiscounts", out var items))
            return discounts;
        if (items.ValueKind != JsonValueKind.Array
            || items.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            Report(PriceCodes.WrongField, "autoDiscounts must be an array of objects.");
            return discounts;
        }

        foreach (var item in items.EnumerateArray())
        {
            RefuseUnknown(item, DiscountFields, "an auto discount");
            var channel = Text(item, "channel", "an auto discount");
            var percent = Decimal(item, "percent", "an auto discount");
            if (percent is null or < 0 or > 100)
                Report(PriceCodes.WrongField, "An auto discount's percent must be from \"0\" to \"100\".");
            discounts.Add(new AutoDiscount(
                Channel.FromProvider(channel), Day(item, "validFrom", "an auto discount"),
                Day(item, "validTo", "an auto discount"), percent ?? 0));
        }

        return discounts;
    }

    private string? Text(JsonElement item, string field, string place)
    {
        if (item.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 and <= 400 } text)
            return text;
        Report(PriceCodes.WrongField, $"{place}: {field} must be a text of at most 400 characters.");
        return null;
    }

    private DateOnly? Day(JsonElement item, string field, string place)
    {
        if (!item.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
            value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Report(PriceCodes.WrongField, $"{place}: {field} must be a UTC day such as \"2026-10-01\", or null.");
        return null;
    }

    // Strings, because a JSON number invites a double on its way here.
    private decimal? Decimal(JsonElement item, string field, string place)
    {
        if (!item.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= 20 } text
            && decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var price))
            return price;
        Report(PriceCodes.WrongField, $"{place}: {field} must be a decimal in quotes, \"0.075\", or null for unknown.");
        return null;
    }

    private void RefuseUnknown(JsonElement item, string[] known, string place)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in item.EnumerateObject())
        {
            if (!known.Contains(field.Name, StringComparer.Ordinal))
                Report(PriceCodes.WrongField, $"{place}: {Quote(field.Name)} is no known field; mend it.");
            else if (!seen.Add(field.Name))
                Report(PriceCodes.WrongField, $"{place}: the field {field.Name} stands twice.");
        }
    }

    // Names come from the file: bounded and without control characters before they stand in a message.
    private static string Quote(string text)
    {
        var bounded = text.Length > 60 ? text[..60] : text;
        return "'" + string.Concat(bounded.Select(letter => char.IsControl(letter) ? '?' : letter)) + "'";
    }

    private void Report(string code, string message) => problems.Add(new InputProblem(source, null, code, message));
}
