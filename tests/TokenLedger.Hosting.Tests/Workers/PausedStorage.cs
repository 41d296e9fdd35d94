using TokenLedger.Application.Ports;

namespace TokenLedger.Hosting.Tests.Workers;

/// <summary>A storage whose store a test holds.</summary>
internal sealed class PausedStorage(ILedgerStorage inner, PausedLedgerStore store) : ILedgerStorage
{
    public ILedgerStore Store => store;

    public ILogArchive Archive => inner.Archive;

    public IArchiveWalk ArchiveWalk => inner.ArchiveWalk;

    public IOutcomeArchive OutcomeArchive => inner.OutcomeArchive;

    public IWorkQueue Queue => inner.Queue;

    public IQueueDepths QueueDepths => inner.QueueDepths;

    public IDeliveryLog Deliveries => inner.Deliveries;

    public ICheckpoints Checkpoints => inner.Checkpoints;

    public IAlertLog Alerts => inner.Alerts;

    public IDayLedger Days => inner.Days;

    public IRecords Records => inner.Records;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
