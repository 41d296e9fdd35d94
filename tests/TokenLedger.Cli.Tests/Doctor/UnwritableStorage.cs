using TokenLedger.Application.Ports;

namespace TokenLedger.Cli.Tests.Doctor;

/// <summary>A storage that keeps no mark.</summary>
internal sealed class UnwritableStorage(ILedgerStorage inner) : ILedgerStorage, ICheckpoints
{
    public ILedgerStore Store => inner.Store;

    public ILogArchive Archive => inner.Archive;

    public IArchiveWalk ArchiveWalk => inner.ArchiveWalk;

    public IOutcomeArchive OutcomeArchive => inner.OutcomeArchive;

    public IWorkQueue Queue => inner.Queue;

    public IQueueDepths QueueDepths => inner.QueueDepths;

    public IDeliveryLog Deliveries => inner.Deliveries;

    public ICheckpoints Checkpoints => this;

    public IAlertLog Alerts => inner.Alerts;

    public IDayLedger Days => inner.Days;

    public IRecords Records => inner.Records;

    public Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation) =>
        inner.Checkpoints.FindAsync(name, cancellation);

    public Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation) =>
        throw new IOException("the disk is read-only");

    public Task RemoveAsync(string name, CancellationToken cancellation) =>
        inner.Checkpoints.RemoveAsync(name, cancellation);

    public IAsyncEnumerable<Checkpoint> ReadAsync(string prefix, CancellationToken cancellation) =>
        inner.Checkpoints.ReadAsync(prefix, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
