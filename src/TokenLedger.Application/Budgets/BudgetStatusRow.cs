using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Application.Budgets;

/// <summary>A budget's status as a row.</summary>
internal static class BudgetStatusRow
{
    private const string EvaluatedAt = "evaluatedat";

    public static RecordRow Of(BudgetStatus status) => new RecordRow(
        BudgetTables.Statuses, BudgetKeys.Month(status.From), BudgetKeys.OfStatus(status.Budget.Key, status.From))
        .Set("budget", status.Budget.Name)
        .Set("firstday", status.From)
        .Set("endday", status.To)
        .Set("limitamount", status.LimitNanoCredits)
        .Set("settled", status.SettledNanoCredits)
        .Set("provisional", status.ProvisionalNanoCredits)
        .Set("estimated", status.EstimatedNanoCredits)
        .Set("spent", status.Spent.NanoCredits)
        .Set("spentlow", status.Spent.LowNanoCredits)
        .Set("spenthigh", status.Spent.HighNanoCredits)
        .Set("usedpercent", status.Percent)
        .Set("burnrate", status.BurnRateNanoCreditsPerDay)
        .Set("forecast", status.Forecast?.NanoCredits)
        .Set("forecastlow", status.Forecast?.LowNanoCredits)
        .Set("forecasthigh", status.Forecast?.HighNanoCredits)
        .Set("exhaustedon", status.ExhaustedOn)
        .Set("state", WireNames.Of(status.State))
        .Set("incompletereasons", BudgetDayRow.Join(status.IncompleteReasons))
        .Set(EvaluatedAt, status.EvaluatedAt)
        .Set("definition", BudgetDigest.OfDefinition(status.Budget));

    /// <summary>The status; null when it is of another definition of the budget.</summary>
    public static BudgetStatus? Read(RecordRow row, Budget budget) =>
        !string.Equals(row.Text("definition"), BudgetDigest.OfDefinition(budget), StringComparison.Ordinal) ? null
            : new BudgetStatus
            {
                Budget = budget,
                From = row.Day("firstday")!.Value,
                To = row.Day("endday")!.Value,
                LimitNanoCredits = row.Integer("limitamount")!.Value,
                SettledNanoCredits = row.Integer("settled")!.Value,
                ProvisionalNanoCredits = row.Integer("provisional")!.Value,
                EstimatedNanoCredits = row.Integer("estimated")!.Value,
                Spent = AmountOf(row, "spent")!.Value,
                IncompleteReasons = BudgetDayRow.Split(row.Text("incompletereasons")),
                BurnRateNanoCreditsPerDay = row.Integer("burnrate"),
                Forecast = AmountOf(row, "forecast"),
                ExhaustedOn = row.Day("exhaustedon"),
                EvaluatedAt = row.Time(EvaluatedAt)!.Value,
            };

    /// <summary>
    /// Whether a stored row says the same of the same hour: then its time of evaluation stays too, and nothing is
    /// written. Who asks for headroom must see that somebody evaluates.
    /// </summary>
    public static bool IsSame(RecordRow stored, RecordRow row) =>
        HourOf(stored) == HourOf(row)
        && BudgetTables.Statuses.Columns
            .Where(column => !string.Equals(column.Name, EvaluatedAt, StringComparison.Ordinal))
            .All(column => Equals(stored[column.Name], row[column.Name]));

    private static long? HourOf(RecordRow row) => row.Time(EvaluatedAt)?.UtcTicks / TimeSpan.TicksPerHour;

    private static CalibratedAmount? AmountOf(RecordRow row, string column) => row.Integer(column) is { } amount
        ? new CalibratedAmount(amount, row.Integer(column + "low")!.Value, row.Integer(column + "high")!.Value)
        : null;
}
