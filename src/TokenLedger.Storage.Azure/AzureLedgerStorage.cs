using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Alerts;
using TokenLedger.Storage.Azure.Archive;
using TokenLedger.Storage.Azure.Checkpoints;
using TokenLedger.Storage.Azure.Days;
using TokenLedger.Storage.Azure.Deliveries;
using TokenLedger.Storage.Azure.Ledger;
using TokenLedger.Storage.Azure.Records;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Runs;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Azure.WorkQueues;

namespace TokenLedger.Storage.Azure;

/// <summary>Every port of a ledger, on one storage account. Keep one for the life of the program.</summary>
public sealed class AzureLedgerStorage : ILedgerStorage
{
    private readonly StorageServices services;
    private readonly LedgerNames names;
    private readonly LedgerQueues queues;

    private AzureLedgerStorage(StorageServices services, LedgerNames names)
    {
        this.services = services;
        this.names = names;
        queues = new LedgerQueues(name => services.Queue(names.Of(name)));
        Store = new AzureLedgerStore(
            new RunTables(
                Table(LedgerNames.Runs), Table(LedgerNames.RunUsage), Table(LedgerNames.RunIndex),
                Table(LedgerNames.RejectedLines)),
            Table(LedgerNames.Observations),
            Table(LedgerNames.Charges));
        var archive = new BlobLogArchive(
            services.Container(names.Of(LedgerNames.RunLogs)), services.Container(names.Of(LedgerNames.Bills)));
        (Archive, ArchiveWalk) = (archive, archive);
        OutcomeArchive = new BlobOutcomes(services.Container(names.Of(LedgerNames.Outcomes)));
        Queue = new AzureWorkQueue(queues);
        QueueDepths = new AzureQueueDepths(queues);
        Deliveries = new AzureDeliveryLog(Table(LedgerNames.Deliveries));
        Checkpoints = new AzureCheckpoints(Table(LedgerNames.Checkpoints));
        Alerts = new AzureAlertLog(Table(LedgerNames.Alerts));
        Days = new AzureDayLedger(new DayTables(
            Table(LedgerNames.Settlements), Table(LedgerNames.Revisions), Table(LedgerNames.Shares),
            Table(LedgerNames.Unallocated), Table(LedgerNames.DailyCosts)));
        Records = new AzureRecords(Table, RecordTables.All);
    }

    /// <summary>Runs, usage and bills.</summary>
    public ILedgerStore Store { get; }

    /// <summary>The raw files.</summary>
    public ILogArchive Archive { get; }

    /// <summary>The raw files, one after the other.</summary>
    public IArchiveWalk ArchiveWalk { get; }

    /// <summary>What GitHub told of pull requests and issues.</summary>
    public IOutcomeArchive OutcomeArchive { get; }

    /// <summary>The queues.</summary>
    public IWorkQueue Queue { get; }

    /// <summary>What waits in the queues.</summary>
    public IQueueDepths QueueDepths { get; }

    /// <summary>Dealt-with webhook deliveries.</summary>
    public IDeliveryLog Deliveries { get; }

    /// <summary>Named marks.</summary>
    public ICheckpoints Checkpoints { get; }

    /// <summary>Alerts.</summary>
    public IAlertLog Alerts { get; }

    /// <summary>Reconciled days.</summary>
    public IDayLedger Days { get; }

    /// <summary>Rows of the record tables.</summary>
    public IRecords Records { get; }

    /// <summary>The ledger of an account that settings name; what is missing of it is created.</summary>
    /// <remarks>Without a key in the settings the identity of where the program runs is used.</remarks>
    /// <exception cref="LedgerUnusableException">The settings name no account; every problem is told.</exception>
    /// <exception cref="StorageFailureException">The account does not do what is asked.</exception>
    public static async Task<AzureLedgerStorage> OpenAsync(
        StorageAccountSettings settings, TimeProvider time, CancellationToken cancellation) =>
        await OpenAsync(ServicesOf(settings, time), time, cancellation);

    /// <summary>The ledger of an account as it is, and what is missing of it; nothing is made.</summary>
    /// <exception cref="LedgerUnusableException">The settings name no account; every problem is told.</exception>
    /// <exception cref="StorageFailureException">The account does not do what is asked.</exception>
    public static async Task<(AzureLedgerStorage Storage, IReadOnlyList<string> Missing)> LookAtAsync(
        StorageAccountSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var storage = Connect(ServicesOf(settings, time), new LedgerNames(""));
        return (storage, await storage.FindMissingAsync(cancellation));
    }

    /// <summary>The ledger of an account; what is missing of it is created.</summary>
    /// <exception cref="StorageFailureException">The account does not do what is asked.</exception>
    public static Task<AzureLedgerStorage> OpenAsync(
        StorageServices services, TimeProvider time, CancellationToken cancellation)
    {
        TemporaryFolders.Sweep(Path.GetTempPath(), time.GetUtcNow());
        return OpenAsync(services, new LedgerNames(""), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static async Task<AzureLedgerStorage> OpenAsync(
        StorageServices services, LedgerNames names, CancellationToken cancellation)
    {
        var storage = Connect(services, names);
        await storage.CreateAsync(cancellation);
        return storage;
    }

    /// <summary>The ledger as it is: what is missing of it stays missing.</summary>
    internal static AzureLedgerStorage Connect(StorageServices services, LedgerNames names) => new(services, names);

    /// <summary>The tables, containers and queues that are not there, such as <c>table runs</c>.</summary>
    internal async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellation)
    {
        var looks = LedgerNames.Tables
            .Select(name => (Name: $"table {name}", IsThere: Table(name).ExistsAsync(cancellation)))
            .Concat(LedgerNames.Containers.Select(name => (
                Name: $"container {name}", IsThere: services.Container(names.Of(name)).ExistsAsync(cancellation))))
            .Concat(LedgerQueues.Names.Select(name => (
                Name: $"queue {name}", IsThere: IsQueueThereAsync(name, cancellation))))
            .ToList();
        await Task.WhenAll(looks.Select(look => look.IsThere));
        return [.. looks.Where(look => !look.IsThere.Result).Select(look => look.Name)];
    }

    private async Task<bool> IsQueueThereAsync(string name, CancellationToken cancellation) =>
        (await queues[name].ApproximateCountAsync(cancellation)).IsDone;

    private static StorageServices ServicesOf(StorageAccountSettings settings, TimeProvider time)
    {
        var reading = StorageAccountReader.Read(settings);
        if (reading.Account is not { } account)
            throw new LedgerUnusableException(string.Join(' ', reading.Problems));
        return new StorageServices(
            account, account.HasKey ? null : new AmbientCredential(), new StorageClientOptions { Time = time });
    }

    // Some twenty requests, all at once: they do not depend on each other, and a start should be short.
    private async Task CreateAsync(CancellationToken cancellation)
    {
        IEnumerable<Task<StorageOutcome>> created =
        [
            .. LedgerNames.Tables.Select(name => Table(name).CreateIfMissingAsync(cancellation)),
            .. LedgerNames.Containers.Select(
                name => services.Container(names.Of(name)).CreateIfMissingAsync(cancellation)),
            .. queues.All.Select(queue => queue.CreateIfMissingAsync(cancellation)),
        ];
        await Task.WhenAll(created);
    }

    private TableClient Table(string name) => services.Table(names.Of(name));
}
