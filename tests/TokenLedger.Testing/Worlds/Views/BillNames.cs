using TokenLedger.Testing.Worlds.Bills;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>How views spell products and SKUs: answers for people, reports for programs.</summary>
internal static class BillNames
{
    public static string Product(BillItem item, bool isReport) => item == BillItem.ActionsMinutes
        ? isReport ? "actions" : "Actions"
        : isReport ? "copilot" : "Copilot";

    public static string Sku(BillItem item, bool isReport) => item switch
    {
        BillItem.ActionsMinutes => isReport ? "actions_linux" : "Actions Linux",
        BillItem.Seats => isReport ? "copilot_for_business" : "Copilot Business",
        BillItem.CloudAgent => isReport ? "coding_agent_ai_credit" : "Coding Agent AI Credits",
        _ => isReport ? "copilot_ai_credit" : "Copilot AI Credits",
    };

    public static string Unit(BillItem item) => item switch
    {
        BillItem.ActionsMinutes => "minutes",
        BillItem.Seats => "user-months",
        _ => "ai-credits",
    };

    public static string UnitPriceUsd(BillItem item) => item switch
    {
        BillItem.ActionsMinutes => "0.006",
        BillItem.Seats => "19",
        _ => "0.01",
    };
}
