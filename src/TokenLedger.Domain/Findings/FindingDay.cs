using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Findings;

/// <summary>Everything that decides the findings of one UTC day.</summary>
public sealed record FindingDay
{
    /// <summary>How many days before a day its workflows are compared with.</summary>
    public const int HistoryDays = 28;

    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Agent runs that count to the day, in any order.</summary>
    public required IReadOnlyList<ObservedRun> Runs { get; init; }

    /// <summary>
    /// Sizes of runs by workflow, of the day and of <see cref="HistoryDays"/> before it at least, in any order.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<RunSize>> History { get; init; }

    /// <summary>The accounts' days: what was billed for what.</summary>
    public IReadOnlyList<(AccountDay Input, DayReconciliation Result, DaySettlement Settlement)> Accounts
    {
        get; init;
    } = [];

    /// <summary>Sizes of a workflow's runs of days before, back to the first day of history.</summary>
    public IEnumerable<RunSize> Earlier(string workflow) => SizesOf(workflow)
        .Where(size => size.Day < Day && size.Day >= Day.AddDays(-HistoryDays));

    /// <summary>Sizes of a workflow's runs of one day.</summary>
    public IEnumerable<RunSize> SizesOf(string workflow) => History.TryGetValue(workflow, out var sizes) ? sizes : [];
}
