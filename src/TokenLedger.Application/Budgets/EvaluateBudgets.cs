using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Application.Budgets;

/// <summary>Tells how budgets stand, from what is recorded and the days that changed since.</summary>
/// <remarks>
/// Incremental: a day whose recorded heads, definition, factors and rules are the same is not read again, and a status
/// that says the same is not written. Killed anywhere and run again it ends in the same rows, as do two at once.
/// </remarks>
public sealed class EvaluateBudgets(
    ILedgerStore store,
    IDayLedger days,
    IRecords records,
    PriceBook prices,
    LedgerConfiguration configuration,
    TimeProvider time)
{
    // Every turn that is lost means that another process has written.
    private const int TurnsMax = 10;

    /// <summary>Evaluates the budgets of now, and the periods of days that changed.</summary>
    /// <param name="days">The UTC days that changed.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    /// <exception cref="LedgerUnusableException">Other processes kept on writing.</exception>
    public Task ExecuteAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellation) =>
        EvaluateAsync(null, days, cancellation);

    /// <summary>The UTC days that tell how budgets stand on a day, ascending.</summary>
    /// <param name="at">The UTC day; null for today.</param>
    public IReadOnlyList<DateOnly> DaysFor(DateOnly? at)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return BudgetPlan.Of(configuration.Budgets, at is { } day && day < today ? day : today, [], today).Days;
    }

    /// <summary>Evaluates the budgets in the periods that a day lies in.</summary>
    /// <param name="at">The UTC day; null for today.</param>
    /// <param name="changed">UTC days that changed: their periods are evaluated too.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    /// <returns>
    /// The statuses of the day's periods, in the order of the budgets; none of a budget that has no period then.
    /// </returns>
    /// <exception cref="LedgerUnusableException">Other processes kept on writing.</exception>
    public async Task<IReadOnlyList<BudgetStatus>> EvaluateAsync(
        DateOnly? at, IReadOnlyList<DateOnly> changed, CancellationToken cancellation)
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var now = time.GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var asked = at is { } day && day < today ? day : today;
            var plan = BudgetPlan.Of(configuration.Budgets, asked, changed, today);
            if (await TryAsync(plan, now, cancellation) is { } statuses)
            {
                return [.. statuses.Where(status =>
                    BudgetPeriods.Of(status.Budget, asked) == new BudgetPeriod(status.From, status.To))];
            }
        }

        throw Overtaken();
    }

    /// <summary>Tests the forecasts of periods that are over.</summary>
    /// <param name="budget">The budget; one of the configured.</param>
    /// <param name="from">The first UTC day; only periods that lie wholly within count.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends between rows and days.</param>
    /// <exception cref="LedgerUnusableException">Other processes kept on writing.</exception>
    public async Task<IReadOnlyList<BudgetBacktest>> TestAsync(
        Budget budget, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var now = time.GetUtcNow();
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var end = to < today ? to : today;
            var periods = BudgetPlan.PeriodsWithin(budget, from, end);
            var needed = new SortedSet<DateOnly> { today };
            foreach (var period in periods)
                BudgetPlan.AddDaysOf(needed, period, today);
            // Its first morning is told by the days before it.
            for (var back = 1; periods.Count > 0 && back <= BudgetEvaluation.DaysBack; back++)
                needed.Add(periods[0].From.AddDays(-back));
            if (await UpdateAsync([.. needed], now, cancellation) is { } book)
                return BudgetBacktest.Of(budget, periods, [.. book.DaysOf(budget, needed)]);
        }

        throw Overtaken();
    }

    private async Task<List<BudgetStatus>?> TryAsync(
        BudgetPlan plan, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = new RecordBook(records);
        foreach (var (budget, period) in plan.Periods)
        {
            await rows.ReadAsync(
                BudgetTables.Statuses, BudgetKeys.Month(period.From), BudgetKeys.OfStatus(budget.Key, period.From),
                cancellation);
        }

        var overrides = plan.Periods.Count == 0 ? []
            : await new BudgetOverrides(records).ReadAsync(null, cancellation);
        if (await UpdateAsync(plan.Days, now, cancellation) is not { } book)
            return null;
        var billed = configuration.Sources.Select(source => source.Account.Key).ToHashSet(StringComparer.Ordinal);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var statuses = new List<BudgetStatus>();
        foreach (var (budget, period) in plan.Periods)
        {
            var needed = plan.Days.Where(day => BudgetPlan.IsNeeded(day, period, today));
            var status = BudgetEvaluation.StatusOf(
                budget, period, [.. book.DaysOf(budget, needed)], overrides, billed, now);
            var row = BudgetStatusRow.Of(status);
            var stored = rows.Find(row.PartitionKey, row.RowKey);
            if ((stored is null || !BudgetStatusRow.IsSame(stored, row)) && !await rows.PutAsync(row, cancellation))
                return null;
            statuses.Add(status);
        }

        return statuses;
    }

    private async Task<BudgetDayBook?> UpdateAsync(
        IReadOnlyList<DateOnly> needed, DateTimeOffset now, CancellationToken cancellation)
    {
        var book = await BudgetDayBook.ReadAsync(
            records, configuration, needed, DateOnly.FromDateTime(now.UtcDateTime), cancellation);
        var heads = (await days.ReadAsync(null, needed[0], needed[^1].AddDays(1), cancellation)
            .ToListAsync(cancellation)).ToLookup(head => head.Settlement.Day);
        var reconcile = new ReconcilePeriod(store, days, prices, configuration);
        return await book.UpdateAsync(needed, heads, reconcile, now, cancellation) ? book : null;
    }

    private static LedgerUnusableException Overtaken() => new(FormattableString.Invariant(
        $"budgets were evaluated by other processes {TurnsMax} times in a row: try again later."));
}
