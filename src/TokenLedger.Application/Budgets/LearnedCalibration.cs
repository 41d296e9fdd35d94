using System.Text.Json;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Application.Budgets;

/// <summary>What the final days of the last four weeks teach, each of them reconciled once.</summary>
internal sealed class LearnedCalibration
{
    private readonly RecordBook rows;
    private readonly DateOnly today;
    private ILookup<string, CalibrationPoint> points;

    private LearnedCalibration(RecordBook rows, DateOnly today)
    {
        this.rows = rows;
        this.today = today;
        points = Enumerable.Empty<CalibrationPoint>().ToLookup(_ => "", StringComparer.Ordinal);
    }

    /// <summary>The factors.</summary>
    public CalibrationBook Book { get; private set; } = CalibrationBook.Of([]);

    private DateOnly First => today.DayNumber < CalibrationBook.DaysBack
        ? DateOnly.MinValue : today.AddDays(-CalibrationBook.DaysBack);

    /// <summary>Reads what was learned before.</summary>
    public static async Task<LearnedCalibration> ReadAsync(
        IRecords records, DateOnly today, CancellationToken cancellation)
    {
        var read = new LearnedCalibration(new RecordBook(records), today);
        await read.rows.ReadAsync(
            records.ReadAsync(
                BudgetTables.CalibrationPoints, BudgetKeys.Month(read.First), BudgetKeys.MonthAfter(today),
                cancellation),
            cancellation);
        return read;
    }

    /// <summary>The hash of what an account's estimates are calibrated by.</summary>
    public string HashOf(string accountKey) => BudgetDigest.OfPoints(points[accountKey]);

    /// <summary>Learns from days whose bill became final, or another one.</summary>
    /// <param name="heads">The recorded heads by day.</param>
    /// <param name="days">Reconciles days.</param>
    /// <param name="cancellation">Ends between days.</param>
    /// <returns>False when another process has written in the meantime.</returns>
    public async Task<bool> LearnAsync(
        ILookup<DateOnly, DayHead> heads, SpentDays days, CancellationToken cancellation)
    {
        var window = heads.Where(day => day.Key >= First && day.Key < today).OrderBy(day => day.Key).ToList();
        var stale = window
            .Where(day => day.Any(head => head.Settlement.IsFinal && !IsLearned(head)))
            .Select(day => day.Key)
            .ToList();
        await foreach (var day in days.ReadAsync(stale, cancellation))
        {
            foreach (var head in heads[day.Day].Where(head => head.Settlement.IsFinal && !IsLearned(head)))
            {
                IReadOnlyList<StoredPoint> learned =
                [
                    .. day.Accounts
                        .Where(account => account.Input.Account == head.Settlement.Account)
                        .SelectMany(account => CalibrationPoint.Of(account.Input, account.Result, account.Settlement))
                        .Select(StoredPoint.Of),
                ];
                if (!await rows.PutAsync(RowOf(head, learned), cancellation))
                    return false;
            }
        }

        List<CalibrationPoint> all =
        [
            .. window.SelectMany(day => day)
                .Where(head => head.Settlement.IsFinal)
                .SelectMany(head => Read(rows.Find(
                    BudgetKeys.Month(head.Settlement.Day),
                    BudgetKeys.OfPoints(head.Settlement.Day, head.Settlement.Account.Key)))),
        ];
        points = all.ToLookup(point => point.Account.Key, StringComparer.Ordinal);
        Book = CalibrationBook.Of(all);
        return true;
    }

    private bool IsLearned(DayHead head) => rows.Has(
        BudgetKeys.Month(head.Settlement.Day),
        BudgetKeys.OfPoints(head.Settlement.Day, head.Settlement.Account.Key), "inputhash", head.InputHash);

    private static RecordRow RowOf(DayHead head, IReadOnlyList<StoredPoint> points)
    {
        var (day, account) = (head.Settlement.Day, head.Settlement.Account.Key);
        return new RecordRow(
            BudgetTables.CalibrationPoints, BudgetKeys.Month(day), BudgetKeys.OfPoints(day, account))
            .Set("day", day)
            .Set("account", BudgetKeys.Short(account))
            .Set("points", JsonSerializer.Serialize(points, BudgetJson.Default.IReadOnlyListStoredPoint))
            .Set("inputhash", head.InputHash);
    }

    private static IEnumerable<CalibrationPoint> Read(RecordRow? row) => row?.Text("points") is { } text
        ? (JsonSerializer.Deserialize(text, BudgetJson.Default.IReadOnlyListStoredPoint) ?? [])
            .Select(point => point.ToPoint(row.Day("day")!.Value))
        : [];
}
