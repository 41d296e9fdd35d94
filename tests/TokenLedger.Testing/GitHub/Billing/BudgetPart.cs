using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>The list of an account's budgets, by page.</summary>
internal sealed class BudgetPart(FakeBills bills) : IBillingPart
{
    private const int PageItemsMax = 100;

    public ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges)
    {
        if ((call.Call.Method, call.Rest, call.IsOfUser) is not ("GET", ["budgets"], false))
            return null;
        var all = bills.BudgetsOf(call.Account);
        var size = Math.Min(NumberOf(call, "per_page", 10), PageItemsMax);
        var from = (NumberOf(call, "page", 1) - 1) * size;
        return ApiAnswer.Of(new JsonObject
        {
            ["budgets"] = new JsonArray([.. all.Skip(from).Take(size).Select(JsonOf)]),
            ["has_next_page"] = from + size < all.Count,
            ["total_count"] = all.Count,
        });
    }

    private static int NumberOf(BillingCall call, string name, int usual) =>
        int.TryParse(call.Call.Query[name].ToString(), CultureInfo.InvariantCulture, out var number) ? number : usual;

    private static JsonObject JsonOf(FakeBudget budget)
    {
        var item = new JsonObject
        {
            ["id"] = budget.Id,
            ["budget_type"] = "BundlePricing",
            ["budget_product_sku"] = "ai_credits",
            ["budget_scope"] = budget.Scope,
            ["budget_amount"] = budget.AmountUsd,
            ["prevent_further_usage"] = budget.PreventsUsage,
            ["budget_alerting"] = new JsonObject { ["will_alert"] = true, ["alert_recipients"] = new JsonArray("octo-admin") },
            // Fields come and go: a reader takes those it knows.
            ["newField"] = new JsonObject { ["of"] = "tomorrow" },
        };
        if (budget.Entity is not null)
            item["budget_entity_name"] = budget.Entity;
        if (budget.ConsumedUsd is not null)
            item["consumed_amount"] = budget.ConsumedUsd;
        return item;
    }
}
