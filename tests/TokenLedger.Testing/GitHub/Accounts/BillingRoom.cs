using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Accounts;

/// <summary>AI credits of a day by model, for a classic token.</summary>
internal sealed class BillingRoom : IRoom
{
    private readonly ConcurrentDictionary<string, bool> accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Account, DateOnly Day), JsonArray> bills = new();

    public void Add(string account) => accounts[account] = true;

    public void SetBill(string account, DateOnly day, IEnumerable<(string Model, decimal Credits)> rows)
    {
        Add(account);
        bills[(account, day)] = [.. rows.Select(row => new JsonObject
        {
            ["product"] = "Copilot",
            ["sku"] = "Copilot AI Credits",
            ["model"] = row.Model,
            ["unitType"] = "ai-credits",
            ["pricePerUnit"] = 0.01m,
            ["grossQuantity"] = row.Credits,
            ["grossAmount"] = row.Credits / 100,
            ["discountQuantity"] = row.Credits,
            ["discountAmount"] = row.Credits / 100,
            ["netQuantity"] = 0m,
            ["netAmount"] = 0m,
        })];
    }

    public ApiAnswer? Answer(ApiCall call)
    {
        if (call is not { Method: "GET", Caller: { } caller }
            || call.Path is not [var kind and ("organizations" or "enterprises"), var name, "settings", "billing", ..])
            return null;
        if (caller.Scopes is null)
            return ApiAnswer.Forbidden("administration");
        return call.Path is [_, _, _, _, "ai_credit", "usage"] && accounts.ContainsKey($"{kind}/{name}")
            ? ApiAnswer.Of(BillOf(kind, name, DayOf(call.Query)))
            : ApiAnswer.NotFound;
    }

    // Without a day the real one adds up the month and echoes none.
    private JsonObject BillOf(string kind, string name, DateOnly? day)
    {
        var period = new JsonObject { ["year"] = day?.Year ?? 2026, ["month"] = day?.Month ?? 1 };
        if (day is not null)
            period["day"] = day.Value.Day;
        return new JsonObject
        {
            ["timePeriod"] = period,
            [kind == "enterprises" ? "enterprise" : "organization"] = name,
            ["usageItems"] = day is { } known && bills.TryGetValue(($"{kind}/{name}", known), out var rows)
                ? rows.DeepClone()
                : new JsonArray(),
        };
    }

    private static DateOnly? DayOf(IQueryCollection query) => DateOnly.TryParseExact(
        $"{query["year"]}-{query["month"]}-{query["day"]}", "yyyy-M-d", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;
}
