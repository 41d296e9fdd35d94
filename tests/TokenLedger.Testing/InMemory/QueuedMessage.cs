using TokenLedger.Application.Messages;

namespace TokenLedger.Testing.InMemory;

/// <summary>A message as a queue hands it out.</summary>
/// <param name="Id">Its number on the queue.</param>
/// <param name="QueueName">The queue.</param>
/// <param name="Text">Its text.</param>
/// <param name="DequeueCount">How often it was handed out, this time included.</param>
public sealed record QueuedMessage(long Id, string QueueName, string Text, int DequeueCount)
{
    /// <summary>What it says.</summary>
    public LedgerMessage Message => MessageFormat.Read(Text)!.Message;
}
