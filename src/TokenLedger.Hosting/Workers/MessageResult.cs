namespace TokenLedger.Hosting.Workers;

/// <summary>What became of a message.</summary>
/// <param name="IsDone">Whether it may leave its queue.</param>
/// <param name="Log">One line for people; nothing of a message's content.</param>
public readonly record struct MessageResult(bool IsDone, string Log);
