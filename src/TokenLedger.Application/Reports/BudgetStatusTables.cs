using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Budgets;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Application.Reports;

/// <summary>How budgets stand, as tables.</summary>
public static class BudgetStatusTables
{
    // For reading: a ten-thousandth of a percent.
    private const int PercentDecimals = 4;

    private static readonly string[] NothingConfigured =
        ["No budget is configured: add one below TokenLedger:Budgets, with Name, Period and an amount."];

    /// <summary>Everything of each budget, one row a budget; amounts in the row's unit.</summary>
    public static Table All(IReadOnlyList<BudgetStatus> statuses) => new(
        "Budgets",
        [
            new("name", "Budget"), new("scope", "Scope"), new("period", "Period"), new("from", "From"),
            new("to", "To"), new("measure", "Measure"), new("include", "Counts"), new("enforcement", "Enforcement"),
            new("unit", "Unit"), new("limit", "Limit", ColumnKind.Usd), new("settled", "Settled", ColumnKind.Usd),
            new("provisional", "Provisional", ColumnKind.Usd), new("estimated", "Estimated", ColumnKind.Usd),
            new("spent", "Spent", ColumnKind.Usd), new("spentLow", "Low", ColumnKind.Usd),
            new("spentHigh", "High", ColumnKind.Usd), new("percent", "Used", ColumnKind.Percent),
            new("burnRatePerDay", "A day", ColumnKind.Usd), new("forecast", "Forecast", ColumnKind.Usd),
            new("forecastLow", "Low", ColumnKind.Usd), new("forecastHigh", "High", ColumnKind.Usd),
            new("exhaustedOn", "Used up on"), new("state", "State"), new("incompleteReasons", "Incomplete because"),
            new("evaluatedAt", "Evaluated"),
        ],
        [.. statuses.Select(status => (IReadOnlyList<Cell>)
        [
            status.Budget.Name, ScopeOf(status.Budget), PeriodOf(status.Budget), Day(status.From), Day(status.To),
            WireNames.Of(status.Budget.Measure), WireNames.Of(status.Budget.Include),
            WireNames.Of(status.Budget.Enforcement), UnitOf(status.Budget),
            Money(status, status.LimitNanoCredits), Money(status, status.SettledNanoCredits),
            Money(status, status.ProvisionalNanoCredits), Money(status, status.EstimatedNanoCredits),
            Money(status, status.Spent.NanoCredits), Money(status, status.Spent.LowNanoCredits),
            Money(status, status.Spent.HighNanoCredits), PercentOf(status),
            Money(status, status.BurnRateNanoCreditsPerDay), Money(status, status.Forecast?.NanoCredits),
            Money(status, status.Forecast?.LowNanoCredits), Money(status, status.Forecast?.HighNanoCredits),
            Day(status.ExhaustedOn), WireNames.Of(status.State),
            status.IsIncomplete ? string.Join(", ", status.IncompleteReasons) : null,
            status.EvaluatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ])]);

    /// <summary>What people read: how each stands, and what it consists of.</summary>
    public static IReadOnlyList<Table> ForPeople(IReadOnlyList<BudgetStatus> statuses) =>
        statuses.Count == 0 ? [Standing(statuses)] : [Standing(statuses), Parts(statuses)];

    /// <summary>What the next run of each workflow usually costs, in AI credits.</summary>
    public static Table Workflows(
        IReadOnlyList<(string Repository, string? WorkflowPath, UsualCost Cost)> workflows) => new(
        FormattableString.Invariant(
            $"What a run costs: {BudgetEvaluation.DaysBack} days (AI credits, gross, a day of a run each)"),
        [
            new("repository", "Repository"), new("workflow", "Workflow"), new("runs", "Runs", ColumnKind.Count),
            new("medianAiCredits", "Median", ColumnKind.AiCredits), new("p95AiCredits", "95 %", ColumnKind.AiCredits),
        ],
        [.. workflows.Select(row => (IReadOnlyList<Cell>)
        [
            row.Repository, row.WorkflowPath, (long?)row.Cost.Runs,
            (decimal?)AiCredits.FromNanoCredits(row.Cost.MedianNanoCredits),
            (decimal?)AiCredits.FromNanoCredits(row.Cost.P95NanoCredits),
        ])],
        Notes: workflows.Count == 0 ? ["No run of the last four weeks has a known cost."] : null);

    /// <summary>Decisions to raise limits.</summary>
    public static Table Overrides(IReadOnlyList<BudgetOverride> overrides) => new(
        "Overrides of budgets",
        [
            new("id", "Id"), new("budget", "Budget"), new("amountUsd", "Raised by USD", ColumnKind.Usd),
            new("amountAiCredits", "AI credits", ColumnKind.AiCredits, 3), new("from", "From"), new("to", "To"),
            new("author", "Author"), new("reason", "Reason"), new("createdAt", "Written", Priority: 2),
        ],
        [.. overrides.Select(raise => (IReadOnlyList<Cell>)
        [
            raise.Id, raise.BudgetName, (decimal?)AiCredits.UsdFromNanoCredits(raise.NanoCredits),
            (decimal?)AiCredits.FromNanoCredits(raise.NanoCredits), Day(raise.From), Day(raise.To), raise.Author,
            raise.Reason, raise.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ])],
        Notes: overrides.Count == 0 ? ["No limit is raised."] : null);

    /// <summary>How well forecasts would have held.</summary>
    public static Table Backtest(Budget budget, IReadOnlyList<BudgetBacktest> tests) => new(
        $"How forecasts of {budget.Name} would have held, each morning of a period",
        [
            new("from", "From"), new("to", "To"), new("unit", "Unit", Priority: 3),
            new("final", "Spent", ColumnKind.Usd),
            new("days", "Mornings", ColumnKind.Count), new("daysInside", "Inside", ColumnKind.Count),
            new("insidePercent", "Inside", ColumnKind.Percent),
            new("daysWithoutForecast", "Not judged", ColumnKind.Count, 2),
            new("medianErrorPercent", "Median error", ColumnKind.Percent),
            new("p95ErrorPercent", "95 %", ColumnKind.Percent, 1),
        ],
        [.. tests.Select(test => (IReadOnlyList<Cell>)
        [
            Day(test.Period.From), Day(test.Period.To), UnitOf(budget), Money(budget, test.FinalNanoCredits),
            (long?)test.Days, (long?)test.DaysInside,
            test.Days == 0 ? Cell.Unknown : Rounded((decimal)test.DaysInside / test.Days * 100m),
            (long?)test.DaysWithoutForecast, Rounded(test.MedianErrorFraction * 100m),
            Rounded(test.P95ErrorFraction * 100m),
        ])],
        Notes: tests.Count == 0 ? ["No period lies wholly in the days and is over: name earlier days."] : null);

    /// <summary>Budgets that providers keep themselves.</summary>
    public static Table OfProviders(IReadOnlyList<KnownProviderBudget> budgets) => new(
        "GitHub's own budgets, as last read",
        [
            new("account", "Account"), new("scope", "Scope"), new("entity", "Of"), new("product", "Product"),
            new("amountUsd", "Limit", ColumnKind.Usd), new("consumedUsd", "Consumed", ColumnKind.Usd),
            new("percent", "Used", ColumnKind.Percent), new("preventsUsage", "Stops usage"),
            new("readAt", "Read", Priority: 1),
        ],
        [.. budgets.Select(known => (IReadOnlyList<Cell>)
        [
            known.AccountKey, known.Budget.Scope, known.Budget.Entity, known.Budget.Product, known.Budget.AmountUsd,
            known.Budget.ConsumedUsd,
            known.Budget is { AmountUsd: > 0, ConsumedUsd: not null }
                ? Rounded(known.Budget.ConsumedUsd / known.Budget.AmountUsd * 100m) : Cell.Unknown,
            known.Budget.PreventsUsage is { } prevents ? prevents ? "yes" : "no" : null,
            known.ReadAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ])]);

    private static Table Standing(IReadOnlyList<BudgetStatus> statuses) => new(
        "Budgets",
        [
            new("name", "Budget"), new("scope", "Scope", Priority: 4), new("period", "Period", Priority: 2),
            new("to", "Until", Priority: 3), new("unit", "Unit", Priority: 1), new("limit", "Limit", ColumnKind.Usd),
            new("spent", "Spent", ColumnKind.Usd), new("percent", "Used", ColumnKind.Percent),
            new("forecast", "Forecast", ColumnKind.Usd), new("forecastLow", "Low", ColumnKind.Usd, 6),
            new("forecastHigh", "High", ColumnKind.Usd, 5), new("exhaustedOn", "Used up on"), new("state", "State"),
        ],
        [.. statuses.Select(status => (IReadOnlyList<Cell>)
        [
            status.Budget.Name, ScopeOf(status.Budget), PeriodOf(status.Budget), Day(status.To), UnitOf(status.Budget),
            Money(status, status.LimitNanoCredits),
            Money(status, status.Spent.NanoCredits) with { IsAtLeast = status.IsIncomplete }, PercentOf(status),
            Money(status, status.Forecast?.NanoCredits), Money(status, status.Forecast?.LowNanoCredits),
            Money(status, status.Forecast?.HighNanoCredits), Day(status.ExhaustedOn),
            WireNames.Of(status.State) + (status.IsIncomplete ? ", incomplete" : ""),
        ])],
        Notes: statuses.Count == 0 ? NothingConfigured :
        [
            .. statuses.Where(status => status.IsIncomplete).Select(status =>
                $"{status.Budget.Name} may have spent more: {string.Join(", ", status.IncompleteReasons)}."),
        ]);

    private static Table Parts(IReadOnlyList<BudgetStatus> statuses) => new(
        "What was spent, by how sure it is",
        [
            new("name", "Budget"), new("unit", "Unit"), new("settled", "Settled", ColumnKind.Usd),
            new("provisional", "Provisional", ColumnKind.Usd), new("estimated", "Estimated", ColumnKind.Usd),
            new("spent", "Spent", ColumnKind.Usd), new("spentLow", "Low", ColumnKind.Usd, 2),
            new("spentHigh", "High", ColumnKind.Usd, 1), new("burnRatePerDay", "A day", ColumnKind.Usd),
        ],
        [.. statuses.Select(status => (IReadOnlyList<Cell>)
        [
            status.Budget.Name, UnitOf(status.Budget), Money(status, status.SettledNanoCredits),
            Money(status, status.ProvisionalNanoCredits), Money(status, status.EstimatedNanoCredits),
            Money(status, status.Spent.NanoCredits), Money(status, status.Spent.LowNanoCredits),
            Money(status, status.Spent.HighNanoCredits), Money(status, status.BurnRateNanoCreditsPerDay),
        ])]);

    private static string ScopeOf(Budget budget)
    {
        var scope = budget.Scope;
        (string Name, string? Value)[] parts =
        [
            ("organization", scope.Organization), ("repository", scope.Repository), ("workflow", scope.Workflow),
            ("team", scope.Team), ("person", scope.Person), ("cost centre", scope.CostCenter), ("model", scope.Model),
            ("channel", scope.Channel?.ToString()), ("credit pool", budget.Pool?.Name),
            .. scope.Tags.Select(tag => ("tag " + tag.Name, (string?)tag.Value)),
        ];
        var named = parts.Where(part => part.Value is not null).Select(part => $"{part.Name} {part.Value}").ToList();
        return named.Count == 0 ? "everything" : string.Join(", ", named);
    }

    private static string PeriodOf(Budget budget) => budget.Period == BudgetPeriodKind.Rolling
        ? FormattableString.Invariant($"rolling {budget.RollingDays} days") : WireNames.Of(budget.Period);

    private static string UnitOf(Budget budget) => budget.IsInUsd ? "usd" : "ai-credits";

    private static Cell Money(BudgetStatus status, long? nanoCredits) => Money(status.Budget, nanoCredits);

    private static Cell Money(Budget budget, long? nanoCredits) => nanoCredits is not { } amount ? Cell.Unknown
        : (decimal?)(budget.IsInUsd ? AiCredits.UsdFromNanoCredits(amount) : AiCredits.FromNanoCredits(amount));

    private static Cell PercentOf(BudgetStatus status) => Rounded(status.Percent);

    private static Cell Rounded(decimal? percent) =>
        percent is { } known ? (decimal?)decimal.Round(known, PercentDecimals) : Cell.Unknown;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
