using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>The days of budgets and workflows: only those whose input changed are added up again.</summary>
/// <remarks>
/// Rows are read before heads, and each is put in place of the version that was read: of two writers the one who has
/// seen less is refused, and begins again.
/// </remarks>
internal sealed class BudgetDayBook
{
    private const string InputHash = "inputhash";

    // Never a hash: a writer that is killed leaves the day to be done again.
    private const string Unfinished = "unfinished";

    private readonly IRecords records;
    private readonly LedgerConfiguration configuration;
    private readonly string attribution;
    private readonly RecordBook rows;
    private readonly LearnedCalibration calibration;

    private BudgetDayBook(
        IRecords records, LedgerConfiguration configuration, RecordBook rows, LearnedCalibration calibration)
    {
        this.records = records;
        this.configuration = configuration;
        this.rows = rows;
        this.calibration = calibration;
        attribution = BudgetDigest.OfAttribution(configuration.Attribution);
    }

    /// <summary>Reads the rows of days.</summary>
    /// <param name="records">The tables.</param>
    /// <param name="configuration">The budgets and the rules.</param>
    /// <param name="days">The UTC days, ascending; at least one.</param>
    /// <param name="today">The UTC day that is not over yet.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public static async Task<BudgetDayBook> ReadAsync(
        IRecords records, LedgerConfiguration configuration, IReadOnlyList<DateOnly> days, DateOnly today,
        CancellationToken cancellation)
    {
        var read = new RecordBook(records);
        await read.ReadAsync(
            records.ReadAsync(
                BudgetTables.Days, BudgetKeys.Month(days[0]), BudgetKeys.MonthAfter(days[^1]), cancellation),
            cancellation);
        return new BudgetDayBook(
            records, configuration, read, await LearnedCalibration.ReadAsync(records, today, cancellation));
    }

    /// <summary>Adds up days whose input changed.</summary>
    /// <param name="days">The UTC days, ascending.</param>
    /// <param name="heads">The recorded heads by day, read after the rows; a day without one has nothing.</param>
    /// <param name="reconcile">Reconciles.</param>
    /// <param name="now">The time of asking, UTC.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    /// <returns>False when another process has written in the meantime: read and begin again.</returns>
    public async Task<bool> UpdateAsync(
        IReadOnlyList<DateOnly> days, ILookup<DateOnly, DayHead> heads, ReconcilePeriod reconcile, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var spent = new SpentDays(reconcile, heads, now);
        if (!await calibration.LearnAsync(heads, spent, cancellation))
            return false;
        var inputs = days.Where(heads.Contains).ToDictionary(
            day => day, day => BudgetDigest.OfAccounts(heads[day], calibration.HashOf));
        var stale = inputs
            .Where(day => StaleBudgets(day.Key, day.Value).Any() || !HasWorkflows(day.Key, day.Value))
            .Select(day => day.Key)
            .Order()
            .ToList();
        await foreach (var day in spent.ReadAsync(stale, cancellation))
        {
            if (!await StoreAsync(day, inputs[day.Day], cancellation))
                return false;
        }

        return true;
    }

    /// <summary>The days of a budget.</summary>
    public IEnumerable<BudgetDay> DaysOf(Budget budget, IEnumerable<DateOnly> days) => days
        .Select(day => rows.Find(BudgetKeys.Month(day), BudgetKeys.OfBudgetDay(day, budget.Key)))
        .OfType<RecordRow>()
        .Select(BudgetDayRow.Read);

    private IEnumerable<Budget> StaleBudgets(DateOnly day, string input) => configuration.Budgets.Where(
        budget => !rows.Has(
            BudgetKeys.Month(day), BudgetKeys.OfBudgetDay(day, budget.Key), InputHash,
            BudgetDigest.OfDay(budget, input, attribution)));

    private bool HasWorkflows(DateOnly day, string input) =>
        rows.Has(BudgetKeys.Month(day), BudgetKeys.OfWorkflowMark(day), InputHash, input);

    private async Task<bool> StoreAsync(SpentDay day, string input, CancellationToken cancellation)
    {
        var figures = SpentDayFigures.Of(
            day, StaleBudgets(day.Day, input).ToList(), configuration.Attribution, calibration.Book);
        foreach (var (budget, spent) in figures.Days)
        {
            var row = BudgetDayRow.Of(budget, spent, BudgetDigest.OfDay(budget, input, attribution));
            if (!await rows.PutAsync(row, cancellation))
                return false;
        }

        return HasWorkflows(day.Day, input) || await StoreWorkflowsAsync(day.Day, figures, input, cancellation);
    }

    // Claimed first: whoever is overtaken between two rows finds that the mark is not its own any more.
    private async Task<bool> StoreWorkflowsAsync(
        DateOnly day, SpentDayFigures figures, string input, CancellationToken cancellation)
    {
        if (!await rows.PutAsync(BudgetDayRow.Mark(day, $"{Unfinished} {input}"), cancellation))
            return false;
        var known = new RecordBook(records);
        await known.ReadAsync(
            records.ReadPartitionAsync(BudgetTables.WorkflowDays, BudgetKeys.Day(day), cancellation), cancellation);
        var made = figures.Workflows.Select(costs => WorkflowDayRow.Of(day, costs, input)).ToList();
        foreach (var row in made)
        {
            if (!known.Has(row.PartitionKey, row.RowKey, InputHash, input) && !await known.PutAsync(row, cancellation))
                return false;
        }

        var kept = made.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
        foreach (var row in known.Rows.Where(row => !kept.Contains(row.RowKey)).ToList())
        {
            if (!await known.RemoveAsync(row, cancellation))
                return false;
        }

        return await rows.PutAsync(BudgetDayRow.Mark(day, input), cancellation);
    }
}
