namespace TokenLedger.Application.Ports;

/// <summary>Small named marks that outlive a process: where a poll stands, what is already queued.</summary>
public interface ICheckpoints
{
    /// <summary>The mark; null when there is none.</summary>
    Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Sets the mark, whatever it was.</summary>
    Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>Removes the mark; nothing when there is none.</summary>
    Task RemoveAsync(string name, CancellationToken cancellation);

    /// <summary>The marks whose names begin with the text, in ordinal order of their names.</summary>
    IAsyncEnumerable<Checkpoint> ReadAsync(string namePrefix, CancellationToken cancellation);
}
