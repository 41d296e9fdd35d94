using TokenLedger.Application.Days;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Application.Budgets;

/// <summary>Hashes of what decides a budget's figures: equal hashes are equal figures.</summary>
internal static class BudgetDigest
{
    // Raised whenever a day is added up otherwise of the same input, so that it is stored again.
    private const string Version = "budget-day/1";

    /// <summary>The hash of what decides the figures of a period, beside its days.</summary>
    public static string OfDefinition(Budget budget) => BudgetKeys.Hash(
    [
        .. ScopeOf(budget), budget.Period, budget.RollingDays, budget.LimitNanoCredits, budget.Pool?.Name,
        budget.Pool?.CycleDay, budget.Pool?.From, budget.Pool?.To,
    ]);

    /// <summary>The hash of what decides the figures of a day.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="input">The hash of the day's accounts.</param>
    /// <param name="attribution">The hash of the rules.</param>
    public static string OfDay(Budget budget, string input, string attribution) =>
        BudgetKeys.Hash([.. ScopeOf(budget), input, attribution]);

    /// <summary>The hash of the rules.</summary>
    public static string OfAttribution(AttributionRules attribution) => BudgetKeys.Hash(attribution.Rules.SelectMany(
        rule => (IEnumerable<object?>)
        [
            rule.Repository, rule.Workflow, rule.Branch, rule.Actor, rule.Event, rule.Engine, rule.Team,
            rule.TaskType, .. rule.Tags.SelectMany(tag => new object?[] { tag.Key, tag.Value }), '\u001e',
        ]));

    /// <summary>The hash of a day's accounts: their heads, and what calibrates those that are not final.</summary>
    /// <param name="heads">The heads, in order of their accounts.</param>
    /// <param name="calibration">The hash of the points of an account.</param>
    public static string OfAccounts(IEnumerable<DayHead> heads, Func<string, string> calibration) => BudgetKeys.Hash(
        heads.SelectMany(head => (IEnumerable<object?>)
        [
            head.Settlement.Account.Key, head.InputHash, head.Settlement.Status, head.Settlement.Reason,
            head.Settlement.IsFinal ? null : calibration(head.Settlement.Account.Key),
        ]).Prepend(Version));

    /// <summary>The hash of points.</summary>
    public static string OfPoints(IEnumerable<CalibrationPoint> points) => BudgetKeys.Hash(
        points.SelectMany(point => (IEnumerable<object?>)
        [
            point.Day, point.Channel, point.Model, point.BilledNanoCredits, point.EstimatedNanoCredits,
        ]));

    private static IEnumerable<object?> ScopeOf(Budget budget)
    {
        var scope = budget.Scope;
        return
        [
            budget.Key, scope.Organization, scope.Repository, scope.Workflow, scope.Team, scope.Person,
            scope.CostCenter, scope.Model, scope.Channel, scope.Account?.Key, budget.Measure, budget.Include,
            .. scope.Tags.SelectMany(tag => new object?[] { tag.Name, tag.Value }),
        ];
    }
}
