using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>
/// <c>ai_credit/usage</c>, <c>premium_request/usage</c> and <c>usage/summary</c>: sums that echo what they were asked
/// for. Asked for no cost centre they tell of all.
/// </summary>
internal sealed class ModelUsagePart(FakeBills bills) : IBillingPart
{
    public ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges)
    {
        Func<FakeCharge, bool>? shows = (call.Call.Method, call.Rest) switch
        {
            ("GET", ["ai_credit", "usage"]) => charge => charge.Unit is "ai-credits",
            ("GET", ["premium_request", "usage"]) => charge => charge.Unit is "requests",
            ("GET", ["usage", "summary"]) => _ => true,
            _ => null,
        };
        if (shows is null)
            return null;
        var center = bills.CentersOf(call.Account).FirstOrDefault(item => item.Id == call.CostCenterId);
        if (call.CostCenterId is not null && center is null)
            return ApiAnswer.NotFound;
        // Without a day the real one adds up the month and echoes none.
        var period = new JsonObject { ["year"] = call.Day?.Year ?? 2026, ["month"] = call.Day?.Month ?? 1 };
        if (call.Day is { } day)
            period["day"] = day.Day;
        var body = new JsonObject { ["timePeriod"] = period };
        body[call.IsOfEnterprise ? "enterprise" : call.IsOfUser ? "user" : "organization"] = call.Name;
        if (call.User is not null)
            body["user"] = call.User;
        if (center is not null)
            body["costCenter"] = new JsonObject { ["id"] = center.Id, ["name"] = center.Name };
        var namesModel = call.Rest is not ["usage", "summary"];
        body["usageItems"] = new JsonArray(
        [
            .. charges
                .Where(charge => shows(charge) && charge.Day == call.Day)
                .Where(charge => center is null || charge.CostCenter == center.Name)
                .Where(charge => call.User is null
                    || string.Equals(charge.User, call.User, StringComparison.OrdinalIgnoreCase))
                .GroupBy(charge => (charge.Product, charge.Sku, charge.Unit, Model: namesModel ? charge.Model : null))
                .Select(group => ItemOf(group.Key, [.. group])),
        ]);
        return ApiAnswer.Of(body);
    }

    private static JsonObject ItemOf(
        (string Product, string Sku, string Unit, string? Model) key, List<FakeCharge> charges)
    {
        var quantity = charges.Sum(charge => charge.Quantity);
        var gross = charges.Sum(charge => charge.GrossUsd);
        var item = new JsonObject { ["product"] = key.Product, ["sku"] = key.Sku };
        if (key.Model is not null)
            item["model"] = key.Model;
        item["unitType"] = key.Unit;
        item["pricePerUnit"] = quantity == 0 ? 0 : gross / quantity;
        item["grossQuantity"] = quantity;
        item["grossAmount"] = gross;
        item["discountQuantity"] = quantity;
        item["discountAmount"] = gross;
        item["netQuantity"] = 0m;
        item["netAmount"] = 0m;
        // Fields come and go: a reader takes those it knows.
        item["newField"] = new JsonObject { ["of"] = "tomorrow" };
        return item;
    }
}
