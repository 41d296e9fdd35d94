namespace TokenLedger.Application.Ports;

/// <summary>Every port that one kind of storage implements.</summary>
public interface ILedgerStorage : IAsyncDisposable
{
    /// <summary>Runs, usage and bills.</summary>
    ILedgerStore Store { get; }

    /// <summary>The raw files.</summary>
    ILogArchive Archive { get; }

    /// <summary>The raw files, one after the other.</summary>
    IArchiveWalk ArchiveWalk { get; }

    /// <summary>What GitHub told of pull requests and issues.</summary>
    IOutcomeArchive OutcomeArchive { get; }

    /// <summary>The queues.</summary>
    IWorkQueue Queue { get; }

    /// <summary>What waits in the queues.</summary>
    IQueueDepths QueueDepths { get; }

    /// <summary>Dealt-with webhook deliveries.</summary>
    IDeliveryLog Deliveries { get; }

    /// <summary>Named marks.</summary>
    ICheckpoints Checkpoints { get; }

    /// <summary>Alerts.</summary>
    IAlertLog Alerts { get; }

    /// <summary>Reconciled days.</summary>
    IDayLedger Days { get; }

    /// <summary>Rows of the record tables.</summary>
    IRecords Records { get; }
}
