using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>The list of an enterprise's cost centres.</summary>
internal sealed class CostCenterPart(FakeBills bills) : IBillingPart
{
    public ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges) =>
        (call.Call.Method, call.Rest, call.IsOfEnterprise) is ("GET", ["cost-centers"], true)
            ? ApiAnswer.Of(new JsonObject
            {
                ["costCenters"] = new JsonArray(
                [
                    .. bills.CentersOf(call.Account)
                        .Where(center => IsAsked(center, call.Call.Query["state"].ToString()))
                        .Select(center => new JsonObject
                        {
                            ["id"] = center.Id,
                            ["name"] = center.Name,
                            ["state"] = center.IsActive ? "active" : "deleted",
                            ["resources"] = new JsonArray(),
                        }),
                ]),
            })
            : null;

    private static bool IsAsked(FakeCostCenter center, string state) =>
        state.Length == 0 || state == (center.IsActive ? "active" : "deleted");
}
