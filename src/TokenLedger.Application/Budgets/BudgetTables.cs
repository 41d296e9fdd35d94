using TokenLedger.Application.Records;

namespace TokenLedger.Application.Budgets;

/// <summary>The record tables of budgets.</summary>
/// <remarks>All are derived and can be made again, but <see cref="Overrides"/>, which people wrote.</remarks>
public static class BudgetTables
{
    /// <summary>
    /// What budgets spent on days: month | day, budget; the row <c>day|~</c> tells of which input the day's rows of
    /// <see cref="WorkflowDays"/> were made.
    /// </summary>
    public static readonly RecordTable Days = new("budgetdays",
    [
        new("day", RecordColumnKind.Day),
        new("budget", RecordColumnKind.Text),
        new("settled", RecordColumnKind.NanoCredits),
        new("provisional", RecordColumnKind.NanoCredits),
        new("provisionallow", RecordColumnKind.NanoCredits),
        new("provisionalhigh", RecordColumnKind.NanoCredits),
        new("estimated", RecordColumnKind.NanoCredits),
        new("estimatedlow", RecordColumnKind.NanoCredits),
        new("estimatedhigh", RecordColumnKind.NanoCredits),
        new("unallocated", RecordColumnKind.NanoCredits),
        new("accounts", RecordColumnKind.LongText),
        new("unpricedrequests", RecordColumnKind.Integer),
        new("runswithouttelemetry", RecordColumnKind.Integer),
        new("incompletereasons", RecordColumnKind.Text),
        new("inputhash", RecordColumnKind.Text),
    ]);

    /// <summary>Decisions to raise limits: budget | first day, end day, id.</summary>
    public static readonly RecordTable Overrides = new("budgetoverrides",
    [
        new("id", RecordColumnKind.Text),
        new("budget", RecordColumnKind.Text),
        new("amount", RecordColumnKind.NanoCredits),
        new("reason", RecordColumnKind.Text),
        new("author", RecordColumnKind.Text),
        new("firstday", RecordColumnKind.Day),
        new("endday", RecordColumnKind.Day),
        new("createdat", RecordColumnKind.Time),
    ])
    {
        IsAuthored = true,
    };

    /// <summary>How budgets stand in their periods: month of the period's start | budget, start.</summary>
    public static readonly RecordTable Statuses = new("budgetstatus",
    [
        new("budget", RecordColumnKind.Text),
        new("firstday", RecordColumnKind.Day),
        new("endday", RecordColumnKind.Day),
        new("limitamount", RecordColumnKind.NanoCredits),
        new("settled", RecordColumnKind.NanoCredits),
        new("provisional", RecordColumnKind.NanoCredits),
        new("estimated", RecordColumnKind.NanoCredits),
        new("spent", RecordColumnKind.NanoCredits),
        new("spentlow", RecordColumnKind.NanoCredits),
        new("spenthigh", RecordColumnKind.NanoCredits),
        new("usedpercent", RecordColumnKind.Number),
        new("burnrate", RecordColumnKind.NanoCredits),
        new("forecast", RecordColumnKind.NanoCredits),
        new("forecastlow", RecordColumnKind.NanoCredits),
        new("forecasthigh", RecordColumnKind.NanoCredits),
        new("exhaustedon", RecordColumnKind.Day),
        new("state", RecordColumnKind.Text),
        new("incompletereasons", RecordColumnKind.Text),
        new("evaluatedat", RecordColumnKind.Time),
        new("definition", RecordColumnKind.Text),
    ]);

    /// <summary>What final days teach of estimates: month | day, account.</summary>
    public static readonly RecordTable CalibrationPoints = new("calibrationpoints",
    [
        new("day", RecordColumnKind.Day),
        new("account", RecordColumnKind.Text),
        new("points", RecordColumnKind.LongText),
        new("inputhash", RecordColumnKind.Text),
    ]);

    /// <summary>A provider's own budgets as they were last read: account | id.</summary>
    public static readonly RecordTable ProviderBudgets = new("providerbudgets",
    [
        new("account", RecordColumnKind.Text),
        new("id", RecordColumnKind.Text),
        new("scope", RecordColumnKind.Text),
        new("entity", RecordColumnKind.Text),
        new("kind", RecordColumnKind.Text),
        new("product", RecordColumnKind.Text),
        new("amountusd", RecordColumnKind.Number),
        new("consumedusd", RecordColumnKind.Number),
        new("preventsusage", RecordColumnKind.Flag),
        new("alerts", RecordColumnKind.Flag),
        new("readat", RecordColumnKind.Time),
    ]);

    /// <summary>
    /// What runs of workflows cost on days: day | repository, workflow. Rows of another input hash than the day's mark
    /// in <see cref="Days"/> are of an overtaken writer and do not count.
    /// </summary>
    public static readonly RecordTable WorkflowDays = new("workflowdays",
    [
        new("day", RecordColumnKind.Day),
        new("repository", RecordColumnKind.Text),
        new("workflow", RecordColumnKind.Text),
        new("runs", RecordColumnKind.Integer),
        new("costs", RecordColumnKind.LongText),
        new("inputhash", RecordColumnKind.Text),
    ]);

    /// <summary>All of them, in ordinal order of their names.</summary>
    internal static IReadOnlyList<RecordTable> All { get; } =
        [Days, Overrides, Statuses, CalibrationPoints, ProviderBudgets, WorkflowDays];
}
