using TokenLedger.Application.Ports;
using TokenLedger.Storage.Sqlite.Alerts;
using TokenLedger.Storage.Sqlite.Archive;
using TokenLedger.Storage.Sqlite.Checkpoints;
using TokenLedger.Storage.Sqlite.Days;
using TokenLedger.Storage.Sqlite.Deliveries;
using TokenLedger.Storage.Sqlite.Queues;
using TokenLedger.Storage.Sqlite.Records;

namespace TokenLedger.Storage.Sqlite;

/// <summary>Every port on one SQLite file and the folder beside it.</summary>
public sealed class SqliteLedgerStorage : ILedgerStorage
{
    private readonly SqliteLedgerStore store;
    private readonly SqliteWorkQueue queue;

    /// <summary>The version of the tables of every ledger that was opened.</summary>
    public static long TablesVersion => LedgerSchema.Version;

    /// <param name="path">The ledger's file; made when it does not exist.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="LedgerUnusableException">The file or the folder cannot be used.</exception>
    public SqliteLedgerStorage(string path, TimeProvider time)
    {
        store = new SqliteLedgerStore(path);
        queue = new SqliteWorkQueue(path, time);
        var archive = new FolderLogArchive(FolderLogArchive.FolderOf(path), time);
        (Archive, ArchiveWalk) = (archive, archive);
        OutcomeArchive = new FolderOutcomes(FolderLogArchive.FolderOf(path));
        Deliveries = new SqliteDeliveryLog(path);
        Checkpoints = new SqliteCheckpoints(path);
        Alerts = new SqliteAlertLog(path);
        Days = new SqliteDayLedger(path);
        Records = new SqliteRecords(path);
    }

    /// <inheritdoc/>
    public ILedgerStore Store => store;

    /// <inheritdoc/>
    public ILogArchive Archive { get; }

    /// <inheritdoc/>
    public IArchiveWalk ArchiveWalk { get; }

    /// <inheritdoc/>
    public IOutcomeArchive OutcomeArchive { get; }

    /// <inheritdoc/>
    public IWorkQueue Queue => queue;

    /// <summary>The other end of the queues.</summary>
    public IWorkReceiver Receiver => queue;

    /// <inheritdoc/>
    public IQueueDepths QueueDepths => queue;

    /// <inheritdoc/>
    public IDeliveryLog Deliveries { get; }

    /// <inheritdoc/>
    public ICheckpoints Checkpoints { get; }

    /// <inheritdoc/>
    public IAlertLog Alerts { get; }

    /// <inheritdoc/>
    public IDayLedger Days { get; }

    /// <inheritdoc/>
    public IRecords Records { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();
}
