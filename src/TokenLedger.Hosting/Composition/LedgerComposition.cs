using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;
using TokenLedger.Storage.Azure;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Hosting.Composition;

/// <summary>Opens a ledger on Azure, and puts the services together over it.</summary>
public static class LedgerComposition
{
    // GitHub allows 100 at once for one App over all processes, and the app has 40 at most (infra/).
    private static readonly GitHubOptions OnAzure = new() { RequestsAtOnceMax = 2 };

    /// <summary>The storage account that is configured.</summary>
    /// <exception cref="LedgerUnusableException">The account cannot be used as it is.</exception>
    public static async Task<ILedgerStorage> OpenStorageOnAzureAsync(
        LedgerConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await AzureLedgerStorage.OpenAsync(SettingsOf(configuration.Azure), time, cancellation);
        }
        catch (StorageFailureException failure)
        {
            throw new LedgerUnusableException(
                $"the storage account cannot be used ({failure.Message.TrimEnd('.')}): check "
                + "TokenLedger:Storage:Azure, the network, and the role of whoever runs this.", failure);
        }
    }

    /// <summary>The services of a process on Azure, which lives as long as they do.</summary>
    public static async Task<LedgerServices> OpenOnAzureAsync(
        LedgerConfiguration configuration, TimeProvider time, CancellationToken cancellation)
    {
        var storage = await OpenStorageOnAzureAsync(configuration, time, cancellation);
        var sources = new ProviderSources(configuration, OnAzure, time);
        // Each call of the storage is paid for, and a run takes twenty.
        return new LedgerServices(
            storage, configuration, PriceBookReader.Shipped(), sources, time, linksRuns: false);
    }

    internal static StorageAccountSettings SettingsOf(AzureStorageConfiguration azure) => new()
    {
        ConnectionString = azure.ConnectionString?.Reveal(),
        AccountName = azure.AccountName,
        BlobEndpoint = azure.BlobEndpoint?.AbsoluteUri,
        QueueEndpoint = azure.QueueEndpoint?.AbsoluteUri,
        TableEndpoint = azure.TableEndpoint?.AbsoluteUri,
    };
}
