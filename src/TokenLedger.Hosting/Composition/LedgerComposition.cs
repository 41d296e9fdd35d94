using TokenLedger.Application.Configuration;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Hosting.Composition;

/// <summary>Opens the configured storage and puts the services together over it.</summary>
public static class LedgerComposition
{
    /// <summary>The services of a process that lives as long as they do.</summary>
    public static async Task<LedgerServices> OpenAsync(
        LedgerConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        var storage = await AzureLedgerStorage.OpenAsync(configuration.Azure, time, cancellation);
        var sources = new BillingSources(configuration, time);
        return new LedgerServices(storage, configuration, PriceBookReader.Shipped(), sources.All, time);
    }
}
