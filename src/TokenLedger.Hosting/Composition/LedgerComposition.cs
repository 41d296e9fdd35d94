using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Azure;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Composition;

/// <summary>Opens the configured storage, and puts the services together over it.</summary>
public static class LedgerComposition
{
    /// <summary>The storage that is configured.</summary>
    /// <param name="configuration">What is configured.</param>
    /// <param name="ledgerPath">The file of a ledger on SQLite.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="LedgerUnusableException">The storage cannot be used as it is.</exception>
    public static async Task<ILedgerStorage> OpenStorageAsync(
        LedgerConfiguration configuration, string ledgerPath, TimeProvider time, CancellationToken cancellation) =>
        configuration.Storage == StorageKind.Azure
            ? await AzureLedgerStorage.OpenAsync(SettingsOf(configuration.Azure), time, cancellation)
            : new SqliteLedgerStorage(ledgerPath, time);

    /// <summary>The services of a process on Azure, which lives as long as they do.</summary>
    public static async Task<LedgerServices> OpenOnAzureAsync(
        LedgerConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        var storage = await AzureLedgerStorage.OpenAsync(SettingsOf(configuration.Azure), time, cancellation);
        var sources = new BillingSources(time);
        return new LedgerServices(storage, configuration, PriceBookReader.Shipped(), sources.All, time);
    }

    private static StorageAccountSettings SettingsOf(AzureStorageConfiguration azure) => new()
    {
        ConnectionString = azure.ConnectionString?.Reveal(),
        AccountName = azure.AccountName,
        BlobEndpoint = azure.BlobEndpoint?.AbsoluteUri,
        QueueEndpoint = azure.QueueEndpoint?.AbsoluteUri,
        TableEndpoint = azure.TableEndpoint?.AbsoluteUri,
    };
}
