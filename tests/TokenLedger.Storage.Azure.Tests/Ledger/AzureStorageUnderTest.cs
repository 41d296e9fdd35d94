using Azure.Core;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Ledger;
using TokenLedger.Storage.Azure.Records;
using TokenLedger.Storage.Tests.Contracts;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>A ledger of its own in the emulator.</summary>
public sealed class AzureStorageUnderTest(AzuriteFixture azurite) : IStorageUnderTest
{
    private readonly LedgerNames names = new(UniqueName.Next("t"));
    private bool isCreated;

    public CallWatch Watch { get; } = new();

    public LostAnswers Lost { get; } = new();

    public Action? BeforeWrite
    {
        get => Watch.BeforeWrite;
        set => Watch.BeforeWrite = value;
    }

    public async ValueTask<ILedgerStore> OpenLedgerAsync() => (await OpenAsync()).Store;

    public async ValueTask<ILogArchive> OpenArchiveAsync() => (await OpenAsync()).Archive;

    public async ValueTask<IOutcomeArchive> OpenOutcomesAsync() => (await OpenAsync()).OutcomeArchive;

    public async ValueTask<IWorkQueue> OpenQueueAsync() => (await OpenAsync()).Queue;

    public async ValueTask<IDeliveryLog> OpenDeliveriesAsync() => (await OpenAsync()).Deliveries;

    public async ValueTask<ICheckpoints> OpenCheckpointsAsync() => (await OpenAsync()).Checkpoints;

    public async ValueTask<IAlertLog> OpenAlertsAsync() => (await OpenAsync()).Alerts;

    public async ValueTask<IDayLedger> OpenDaysAsync() => (await OpenAsync()).Days;

    public async ValueTask<IRecords> OpenRecordsAsync(IReadOnlyList<RecordTable> tables)
    {
        var services = Services();
        foreach (var table in tables)
            await azurite.Storage().Table(names.Of(table.Name)).CreateIfMissingAsync(TestContext.Current.CancellationToken);
        return new AzureRecords(name => services.Table(names.Of(name)), tables);
    }

    public async Task<IReadOnlyList<string>> TakeMessagesAsync(string queueName)
    {
        var queue = Services().Queue(names.Of(queueName));
        var texts = new List<string>();
        while ((await queue.GetAsync(32, TimeSpan.FromMinutes(5))).Value is { Count: > 0 } taken)
        {
            foreach (var message in taken)
            {
                texts.Add(message.Text);
                await queue.DeleteAsync(message);
            }
        }

        return texts;
    }

    /// <summary>Another client of the same place; the first one creates it.</summary>
    public async Task<AzureLedgerStorage> OpenAsync()
    {
        var services = Services();
        var storage = isCreated
            ? AzureLedgerStorage.Connect(services, names)
            : await AzureLedgerStorage.OpenAsync(services, names, TestContext.Current.CancellationToken);
        isCreated = true;
        return storage;
    }

    /// <summary>A client of the same place that nobody watches.</summary>
    public AzureLedgerStorage OpenUnwatched() => AzureLedgerStorage.Connect(azurite.Storage(), names);

    /// <summary>The account, past every port.</summary>
    public StorageServices Services()
    {
        var options = new StorageClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(Watch, HttpPipelinePosition.PerCall);
        options.AddPolicy(Lost, HttpPipelinePosition.PerRetry);
        return azurite.Storage(options);
    }

    public string NameOf(string name) => names.Of(name);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
