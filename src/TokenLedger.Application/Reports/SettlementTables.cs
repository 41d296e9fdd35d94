using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Reports;

/// <summary>How final days are, as tables.</summary>
public static class SettlementTables
{
    /// <summary>The tables in reading order.</summary>
    public static IReadOnlyList<Table> Of(SettlementReport report) => [Days(report), Lags(report)];

    /// <summary>One row an account and day.</summary>
    public static Table Days(SettlementReport report) => new(
        FormattableString.Invariant($"{report.Days.Count} days: {Counts(report)}"),
        [
            new("day", "Day"), new("account", "Account"), new("status", "Status"), new("reason", "Reason"),
            new("observations", "Looks", ColumnKind.Count), new("firstSeenAt", "First seen", Priority: 2),
            new("lastChangedAt", "Last change", Priority: 1), new("nextLookAt", "Next look"),
            new("corrections", "Corrections", ColumnKind.Count, 3),
            new("reallocations", "Reallocations", ColumnKind.Count, 4), new("refusal", "Refused because", Priority: 5),
        ],
        [.. report.Days.Select(day => (IReadOnlyList<Cell>)
        [
            day.Settlement.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Settlement.Account.Key,
            WireNames.Of(day.Settlement.Status),
            day.Settlement.Reason is { } reason ? WireNames.Of(reason) : null, (long?)day.Settlement.Observations,
            Time(day.Settlement.FirstSeenAt), Time(day.Settlement.LastChangedAt), Time(day.NextLookAt),
            (long?)day.Corrections, (long?)day.Reallocations, day.Refusal,
        ])]);

    private static Table Lags(SettlementReport report) => new(
        FormattableString.Invariant(
            $"How late bills are: hours after the day, of the newest {LearnedLags.DaysMax} closed days"),
        [
            new("account", "Account"), new("days", "Closed days", ColumnKind.Count),
            new("firstSeenMedian", "First seen, median", ColumnKind.Count),
            new("firstSeen95", "95 %", ColumnKind.Count),
            new("lastChangedMedian", "Last change, median", ColumnKind.Count),
            new("lastChanged95", "95 %", ColumnKind.Count), new("settles", "Settles after", ColumnKind.Count),
        ],
        [.. report.Lags.Select(account => (IReadOnlyList<Cell>)
        [
            account.Account.Key, (long?)account.Lags?.Days, Hours(account.Lags?.FirstSeenMedian),
            Hours(account.Lags?.FirstSeen95), Hours(account.Lags?.LastChangedMedian),
            Hours(account.Lags?.LastChanged95), Hours(SettlesAfter(account.Account, account.Lags)),
        ])],
        Notes: report.Lags.Any(account => account.Lags is null)
            ? [FormattableString.Invariant(
                $"A dash: fewer than {LearnedLags.DaysMin} days are closed, so the defaults hold.")]
            : null);

    private static string Counts(SettlementReport report) => string.Join(", ", report.Days
        .GroupBy(day => day.Settlement.Status)
        .OrderBy(group => group.Key)
        .Select(group => FormattableString.Invariant($"{group.Count()} {WireNames.Of(group.Key)}")));

    private static TimeSpan SettlesAfter(BillingAccount account, LearnedLags? lags) =>
        SettlementPolicy.Of(account.Source).Learned(lags).SettledAge;

    // Rounded up: a bill that came within the hour was not there at its start.
    private static long? Hours(TimeSpan? lag) => lag is { } known ? (long)Math.Ceiling(known.TotalHours) : null;

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
