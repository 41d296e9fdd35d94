namespace TokenLedger.Storage.Azure.Queues;

/// <summary>A message that is hidden from others until its visibility time-out ends.</summary>
/// <param name="Id">Of the message, the same at every delivery.</param>
/// <param name="PopReceipt">Of this delivery; extending gives a new one.</param>
/// <param name="Text">Decoded.</param>
/// <param name="DequeueCount">Deliveries so far, this one included.</param>
public sealed record QueueMessage(string Id, string PopReceipt, string Text, int DequeueCount);
