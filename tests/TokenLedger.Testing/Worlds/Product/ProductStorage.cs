using TokenLedger.Application.Ports;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Testing.Worlds.Product;

/// <summary>Where the product keeps runs, looks, days and raw bills.</summary>
/// <param name="Store">Runs and looks.</param>
/// <param name="Days">Reconciled days.</param>
/// <param name="Archive">Raw bills.</param>
public sealed record ProductStorage(ILedgerStore Store, IDayLedger Days, ILogArchive Archive)
{
    /// <summary>All of it in memory.</summary>
    public static ProductStorage InMemory() =>
        new(new InMemoryLedgerStore(), new InMemoryDayLedger(), new InMemoryBillArchive());
}
