using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Explaining;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Application.Reports;

/// <summary>What was learned of estimates, as tables.</summary>
public static class CalibrationTables
{
    // For reading: a ten-thousandth of a percent.
    private const int RatioDecimals = 6;
    private const int PercentDecimals = 4;

    /// <summary>One row an account and model.</summary>
    public static Table Factors(CalibrationReport report) => new(
        "What estimates are billed at (billed ÷ estimated)",
        [
            new("account", "Account", Priority: 2), new("channel", "Channel", Priority: 3), new("model", "Model"),
            new("level", "Learned from"), new("days", "Days", ColumnKind.Count),
            new("factor", "Factor", ColumnKind.Ratio), new("low", "Low", ColumnKind.Ratio),
            new("high", "High", ColumnKind.Ratio), new("driftPercent", "Drift", ColumnKind.Percent, 1),
        ],
        [.. report.Factors.Select(row => (IReadOnlyList<Cell>)
        [
            row.Account.Key, row.Channel.ToString(), row.Model, WireNames.Of(row.Factor.Level), (long?)row.Factor.Days,
            Ratio(row.Factor.Factor), Ratio(row.Factor.Low), Ratio(row.Factor.High),
            row.Factor.IsIdentifiable ? Percent(row.Factor.Factor - 1m) : Cell.Unknown,
        ])],
        Notes: report.Factors.All(row => row.Factor.IsIdentifiable) ? null :
        [
            FormattableString.Invariant($"Not identifiable: fewer than {CalibrationBook.DaysMin} settled days of a ")
                + "complete bucket that is exclusive or token-matched. Factor 1 and half to double are no knowledge.",
        ]);

    /// <summary>One row a day and account.</summary>
    public static Table Days(CalibrationReport report) => new(
        "What each day has cost, as well as it is known (gross AI credits)",
        [
            new("day", "Day"), new("account", "Account", Priority: 5), new("status", "Status"),
            new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits, 3),
            new("calibratedAiCredits", "Calibrated", ColumnKind.AiCredits, 1),
            new("calibratedLowAiCredits", "From", ColumnKind.AiCredits, 7),
            new("calibratedHighAiCredits", "To", ColumnKind.AiCredits, 8),
            new("billedAiCredits", "Billed", ColumnKind.AiCredits, 2),
            new("spendAiCredits", "Spend", ColumnKind.AiCredits),
            new("spendLowAiCredits", "Low", ColumnKind.AiCredits),
            new("spendHighAiCredits", "High", ColumnKind.AiCredits),
            new("unpricedRequests", "Unpriced", ColumnKind.Count, 4),
        ],
        [.. report.Days.Select(day => (IReadOnlyList<Cell>)
        [
            day.Spend.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Spend.Account.Key,
            WireNames.Of(day.Status), day.Spend.EstimatedAiCredits, Credits(day.Spend.Calibrated?.NanoCredits),
            Credits(day.Spend.Calibrated?.LowNanoCredits), Credits(day.Spend.Calibrated?.HighNanoCredits),
            Credits(day.Spend.BilledNanoCredits), Credits(day.Spend.Spend?.NanoCredits),
            Credits(day.Spend.Spend?.LowNanoCredits), Credits(day.Spend.Spend?.HighNanoCredits),
            (long?)day.Spend.UnpricedRequests,
        ])],
        Notes:
        [
            "Spend: the settled bill, else the larger of bill and calibrated estimate. A bill has people's usage in "
                + "it, an estimate has not.",
        ]);

    /// <summary>One row an account and model: how well intervals would have held.</summary>
    public static Table Backtest(IReadOnlyList<CalibrationBacktest> tests) => new(
        "Days that nothing was learned from, against what was known before them",
        [
            new("account", "Account", Priority: 2), new("channel", "Channel", Priority: 3), new("model", "Model"),
            new("days", "Days", ColumnKind.Count), new("daysInside", "Inside", ColumnKind.Count),
            new("insidePercent", "Inside", ColumnKind.Percent),
            new("medianErrorPercent", "Error, median", ColumnKind.Percent),
            new("p95ErrorPercent", "95 %", ColumnKind.Percent),
            new("daysWithoutFactor", "Not judged", ColumnKind.Count, 1),
        ],
        [.. tests.Select(test => (IReadOnlyList<Cell>)
        [
            test.Account.Key, test.Channel.ToString(), test.Model, (long?)test.Days, (long?)test.DaysInside,
            test.Days == 0 ? Cell.Unknown : Percent((decimal)test.DaysInside / test.Days),
            Percent(test.MedianErrorFraction), Percent(test.P95ErrorFraction), (long?)test.DaysWithoutFactor,
        ])],
        Notes: tests.Count > 0 ? null
            : ["No day of the period can be judged: none is settled in a complete bucket of the agents' own."]);

    private static Cell Ratio(decimal ratio) =>
        (decimal?)decimal.Round(ratio, RatioDecimals, MidpointRounding.ToEven);

    private static Cell Percent(decimal? fraction) =>
        fraction is { } known ? (decimal?)decimal.Round(known * 100m, PercentDecimals, MidpointRounding.ToEven) : null;

    private static Cell Credits(long? nanoCredits) =>
        nanoCredits is { } known ? (decimal?)AiCredits.FromNanoCredits(known) : null;
}
