namespace TokenLedger.Application.Messages;

/// <summary>A message with the trace it belongs to.</summary>
/// <param name="Message">The message.</param>
/// <param name="TraceParent">The W3C <c>traceparent</c> of whoever queued it; null when nothing was traced.</param>
public sealed record MessageEnvelope(LedgerMessage Message, string? TraceParent);
