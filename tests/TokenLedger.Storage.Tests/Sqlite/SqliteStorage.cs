using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Alerts;
using TokenLedger.Storage.Sqlite.Archive;
using TokenLedger.Storage.Sqlite.Checkpoints;
using TokenLedger.Storage.Sqlite.Days;
using TokenLedger.Storage.Sqlite.Deliveries;
using TokenLedger.Storage.Sqlite.Queues;
using TokenLedger.Storage.Sqlite.Records;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

/// <summary>A ledger file and its folder, in a temporary folder of their own.</summary>
internal sealed class SqliteStorage : IStorageUnderTest
{
    private readonly TemporaryFolder folder = new();
    private readonly TimeProvider time = new StoppedClock(Some.Time);

    public Action? BeforeWrite { get; set; }

    private string Ledger => folder.Path("ledger.db");

    public ValueTask<ILedgerStore> OpenLedgerAsync() => new(new SqliteLedgerStore(Ledger, Write));

    public ValueTask<ILogArchive> OpenArchiveAsync() =>
        new(new FolderLogArchive(FolderLogArchive.FolderOf(Ledger), time));

    public ValueTask<IOutcomeArchive> OpenOutcomesAsync() =>
        new(new FolderOutcomes(FolderLogArchive.FolderOf(Ledger)));

    public ValueTask<IWorkQueue> OpenQueueAsync() => new(new SqliteWorkQueue(Ledger, time, Write));

    public ValueTask<IDeliveryLog> OpenDeliveriesAsync() => new(new SqliteDeliveryLog(Ledger, Write));

    public ValueTask<ICheckpoints> OpenCheckpointsAsync() => new(new SqliteCheckpoints(Ledger, Write));

    public ValueTask<IAlertLog> OpenAlertsAsync() => new(new SqliteAlertLog(Ledger, Write));

    public ValueTask<IDayLedger> OpenDaysAsync() => new(new SqliteDayLedger(Ledger, Write));

    public ValueTask<IRecords> OpenRecordsAsync(IReadOnlyList<RecordTable> tables) =>
        new(new SqliteRecords(Ledger, Write, tables));

    public async Task<IReadOnlyList<string>> TakeMessagesAsync(string queueName)
    {
        var receiver = new SqliteWorkQueue(Ledger, time);
        var texts = new List<string>();
        while (await receiver.ReceiveAsync(queueName, TimeSpan.FromMinutes(1), CancellationToken.None) is { } message)
        {
            texts.Add(message.Text);
            Assert.Equal(ReceiptOutcome.Done, await receiver.CompleteAsync(message, CancellationToken.None));
        }

        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        await using (new SqliteLedgerStore(Ledger))
        {
            // Closing a ledger closes every connection to its file.
        }

        folder.Dispose();
    }

    private void Write() => BeforeWrite?.Invoke();
}
