using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Budgets;

/// <summary>Adds up a day for budgets and for workflows, each line of spend once. Pure.</summary>
internal sealed class SpentDayFigures
{
    private readonly AttributionRules rules;
    private readonly List<(Budget Budget, BudgetTally Tally)> tallies;
    private readonly WorkflowTally workflows = new();

    // A run has many slices.
    private readonly Dictionary<RunFacts, RunAttribution> attributions = new(ReferenceEqualityComparer.Instance);

    private SpentDayFigures(DateOnly day, IEnumerable<Budget> budgets, AttributionRules rules)
    {
        this.rules = rules;
        tallies = [.. budgets.Select(budget => (budget, new BudgetTally(budget, day)))];
    }

    /// <summary>The day of each budget, in their order.</summary>
    public IEnumerable<(Budget Budget, BudgetDay Day)> Days =>
        tallies.Select(pair => (pair.Budget, pair.Tally.ToDay()));

    /// <summary>What the day's runs cost, by workflow.</summary>
    public IEnumerable<WorkflowCosts> Workflows => workflows.ToCosts();

    /// <summary>The figures of a day.</summary>
    public static SpentDayFigures Of(
        SpentDay day, IEnumerable<Budget> budgets, AttributionRules rules, CalibrationBook calibration)
    {
        var figures = new SpentDayFigures(day.Day, budgets, rules);
        foreach (var account in day.Accounts)
            figures.Add(account.Input, account.Result, account.Settlement, calibration);
        foreach (var slice in day.WithoutAccount)
            figures.Add(DaySpend.WithoutAccount(slice), settlement: null);
        return figures;
    }

    private void Add(
        AccountDay input, DayReconciliation result, DaySettlement settlement,
        CalibrationBook calibration)
    {
        var isFinal = input.HasBill && settlement.IsFinal;
        // A first look may be of nothing at all, and is no bill yet.
        var hasBill = isFinal || result.Charges.Any(row => row.Role == ChargeRole.Basis
            && DaySpend.ComponentOf(row.Charge.Family) == SpendComponent.AiUsage);
        foreach (var (_, tally) in tallies)
            tally.Add(settlement, ScopeMembers.ChannelOf(input.Account), hasBill);
        foreach (var line in DaySpend.Of(input, result, settlement, calibration))
            Add(line, settlement);
        if (isFinal)
            return;
        // Those of the evening before belong to the day they started on.
        foreach (var run in input.RunsWithoutTelemetry.Where(run => UnseenUsage.StartDayOf(run) == input.Day))
        {
            foreach (var (_, tally) in tallies)
                tally.AddBareRun(run, input.Account, AttributionOf(run));
        }
    }

    private void Add(SpendLine line, DaySettlement? settlement)
    {
        var attribution = line.Run is { } run ? AttributionOf(run) : RunAttribution.None;
        foreach (var (_, tally) in tallies)
            tally.Add(line, attribution, settlement);
        workflows.Add(line);
    }

    private RunAttribution AttributionOf(RunFacts run)
    {
        if (!attributions.TryGetValue(run, out var known))
            attributions.Add(run, known = rules.Of(run));
        return known;
    }
}
