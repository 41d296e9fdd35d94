using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Testing.Worlds.Product;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>A world that has been lived through to the end of its bills.</summary>
public sealed class SimulationOutcome
{
    /// <summary>The world.</summary>
    public required World World { get; init; }

    /// <summary>What was asked and shown.</summary>
    public required WorldJournal Journal { get; init; }

    /// <summary>The product as it is left.</summary>
    public required LedgerUnderTest Product { get; init; }

    /// <summary>Every head that was read, of each account and day in order of time.</summary>
    public required IReadOnlyDictionary<(BillingAccount Account, DateOnly Day), List<HeadSeen>> Heads { get; init; }

    /// <summary>The time at the end, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The days with usage, reconciled anew at the end.</summary>
    public required PeriodReconciliation Period { get; init; }

    /// <summary>Faults that only show while the world goes on.</summary>
    public required IReadOnlyList<string> FaultsOnTheWay { get; init; }

    /// <summary>The last heads of a day.</summary>
    public IEnumerable<DayHead> LastHeadsOf(DateOnly day) => Heads
        .Where(pair => pair.Key.Day == day)
        .Select(pair => pair.Value[^1].Head);
}
