namespace TokenLedger.Application.Messages;

/// <summary>One unit of work on a queue. It names what to look at and holds no content of it.</summary>
/// <remarks>
/// May be delivered twice, late or out of order, and after what it names has changed: whoever handles it reads the
/// present state and writes nothing when nothing is new.
/// </remarks>
public abstract record LedgerMessage
{
    /// <summary>The queue it travels on.</summary>
    public abstract string QueueName { get; }
}
