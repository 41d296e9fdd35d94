using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>
/// <c>usage</c>: dated lines of all products. Of an enterprise, asked for no cost centre, it tells of what has none.
/// </summary>
internal sealed class UsagePart(FakeBills bills) : IBillingPart
{
    public ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges)
    {
        if ((call.Call.Method, call.Rest) is not ("GET", ["usage"]))
            return null;
        var center = bills.CentersOf(call.Account).FirstOrDefault(item => item.Id == call.CostCenterId);
        if (call.CostCenterId is not null && center is null)
            return ApiAnswer.NotFound;
        return ApiAnswer.Of(new JsonObject
        {
            ["usageItems"] = new JsonArray(
            [
                .. charges
                    .Where(charge => call.Day is null || charge.Day == call.Day)
                    .Where(charge => !call.IsOfEnterprise || charge.CostCenter == center?.Name)
                    .GroupBy(charge => charge with { Model = null, User = null, Quantity = 0, GrossUsd = 0 })
                    .Select(group => ItemOf(call, group.Key, [.. group])),
            ]),
        });
    }

    private static JsonObject ItemOf(BillingCall call, FakeCharge key, List<FakeCharge> charges)
    {
        var quantity = charges.Sum(charge => charge.Quantity);
        var gross = charges.Sum(charge => charge.GrossUsd);
        var item = new JsonObject
        {
            ["date"] = key.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["product"] = key.Product,
            ["sku"] = key.Sku,
            // A whole number, whatever it is of.
            ["quantity"] = (long)quantity,
            ["unitType"] = key.Unit,
            ["pricePerUnit"] = quantity == 0 ? 0 : gross / quantity,
            ["grossAmount"] = gross,
            ["discountAmount"] = gross,
            ["netAmount"] = 0m,
        };
        if (!call.IsOfUser)
            item["organizationName"] = key.Organization ?? call.Name;
        if (key.Repository is not null)
            item["repositoryName"] = key.Repository;
        return item;
    }
}
