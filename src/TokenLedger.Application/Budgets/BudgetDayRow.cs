using System.Text.Json;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Application.Budgets;

/// <summary>A budget's day as a row.</summary>
internal static class BudgetDayRow
{
    private const char ReasonEnd = ',';

    public static RecordRow Of(Budget budget, BudgetDay day, string inputHash)
    {
        IReadOnlyList<StoredAccountDay> accounts = [.. day.Accounts.Select(StoredAccountDay.Of)];
        return new RecordRow(
            BudgetTables.Days, BudgetKeys.Month(day.Day), BudgetKeys.OfBudgetDay(day.Day, budget.Key))
            .Set("day", day.Day)
            .Set("budget", budget.Name)
            .Set("settled", day.SettledNanoCredits)
            .Set("provisional", day.Provisional.NanoCredits)
            .Set("provisionallow", day.Provisional.LowNanoCredits)
            .Set("provisionalhigh", day.Provisional.HighNanoCredits)
            .Set("estimated", day.Estimated.NanoCredits)
            .Set("estimatedlow", day.Estimated.LowNanoCredits)
            .Set("estimatedhigh", day.Estimated.HighNanoCredits)
            .Set("unallocated", day.Accounts.Aggregate(0L, (sum, part) => checked(sum + part.RestNanoCredits)))
            .Set("accounts", JsonSerializer.Serialize(accounts, BudgetJson.Default.IReadOnlyListStoredAccountDay))
            .Set("unpricedrequests", day.UnpricedRequests)
            .Set("runswithouttelemetry", (long)day.RunsWithoutTelemetry)
            .Set("incompletereasons", Join(day.IncompleteReasons))
            .Set("inputhash", inputHash);
    }

    /// <summary>The mark that tells of which input a day's rows of workflows were made.</summary>
    public static RecordRow Mark(DateOnly day, string inputHash) =>
        new RecordRow(BudgetTables.Days, BudgetKeys.Month(day), BudgetKeys.OfWorkflowMark(day))
            .Set("day", day)
            .Set("inputhash", inputHash);

    public static BudgetDay Read(RecordRow row) => new()
    {
        Day = row.Day("day")!.Value,
        SettledNanoCredits = row.Integer("settled") ?? 0,
        Provisional = AmountOf(row, "provisional"),
        Estimated = AmountOf(row, "estimated"),
        Accounts = row.Text("accounts") is not { } text ? [] :
        [
            .. (JsonSerializer.Deserialize(text, BudgetJson.Default.IReadOnlyListStoredAccountDay) ?? [])
                .Select(account => account.ToAccountDay()),
        ],
        UnpricedRequests = row.Integer("unpricedrequests") ?? 0,
        RunsWithoutTelemetry = (int)(row.Integer("runswithouttelemetry") ?? 0),
        IncompleteReasons = Split(row.Text("incompletereasons")),
    };

    public static string Join(IReadOnlyList<string> reasons) => string.Join(ReasonEnd, reasons);

    public static IReadOnlyList<string> Split(string? reasons) =>
        string.IsNullOrEmpty(reasons) ? [] : reasons.Split(ReasonEnd);

    private static CalibratedAmount AmountOf(RecordRow row, string column) => new(
        row.Integer(column) ?? 0, row.Integer(column + "low") ?? 0, row.Integer(column + "high") ?? 0);
}
