using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>One place to store things, empty at first, and gone when disposed.</summary>
/// <remarks>
/// Each call opens another client of the same place, as another process would. What a contract opens it need not
/// dispose, except the ledger.
/// </remarks>
public interface IStorageUnderTest : IAsyncDisposable
{
    /// <summary>
    /// Called before each write of every client, also of those opened earlier: where a contract ends the process.
    /// </summary>
    Action? BeforeWrite { get; set; }

    ValueTask<ILedgerStore> OpenLedgerAsync();

    ValueTask<ILogArchive> OpenArchiveAsync();

    ValueTask<IOutcomeArchive> OpenOutcomesAsync();

    ValueTask<IWorkQueue> OpenQueueAsync();

    ValueTask<IDeliveryLog> OpenDeliveriesAsync();

    ValueTask<ICheckpoints> OpenCheckpointsAsync();

    ValueTask<IAlertLog> OpenAlertsAsync();

    ValueTask<IDayLedger> OpenDaysAsync();

    /// <summary>Opens these record tables; those that are missing are made.</summary>
    ValueTask<IRecords> OpenRecordsAsync(IReadOnlyList<RecordTable> tables);

    /// <summary>Takes every visible message off a queue and gives their texts, in any order.</summary>
    Task<IReadOnlyList<string>> TakeMessagesAsync(string queueName);
}
