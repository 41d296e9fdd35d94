using System.Globalization;

namespace TokenLedger.Golden.Tests;

/// <summary>GitHub's reports as text, in the forms that people export.</summary>
internal static class GoldenBill
{
    private const string AiReportHeader =
        "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,"
        + "net_amount,organization,repository,cost_center_name,input,output,cache_read,cache_write\n";

    private const string DetailedHeader =
        "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,"
        + "username,organization,repository,workflow_path,cost_center_name\n";

    public static string AiReport(params string[] rows) => AiReportHeader + string.Join('\n', rows) + "\n";

    public static string Detailed(params string[] rows) => DetailedHeader + string.Join('\n', rows) + "\n";

    /// <summary>A row of the AI usage report.</summary>
    public static string AiRow(
        decimal credits,
        string model = "Claude Sonnet 5",
        string user = "",
        string repository = "",
        string date = "2026-11-03",
        decimal netUsd = 0,
        string tokens = ",,,") => string.Create(CultureInfo.InvariantCulture,
            $"{date},{user},copilot,copilot_ai_credit,{model},{Figures(credits, netUsd)},acme,{repository},,{tokens}");

    /// <summary>A credit row of the detailed report that names the workflow of the cases.</summary>
    public static string WorkflowRow(decimal credits, decimal netUsd = 0) =>
        $"2026-11-03,copilot,copilot_ai_credit,{Figures(credits, netUsd)},,acme,web,.github/workflows/triage.lock.yml,";

    /// <summary>One seat of a month.</summary>
    public static string SeatRow(string user, decimal usd) => string.Create(CultureInfo.InvariantCulture,
        $"2026-11-03,copilot,copilot_for_business,1,user-months,{usd},{usd},0,{usd},{user},acme,,,");

    private static string Figures(decimal credits, decimal netUsd) => string.Create(
        CultureInfo.InvariantCulture,
        $"{credits},ai-credits,0.01,{credits / 100},{(credits / 100) - netUsd},{netUsd}");
}
