using TokenLedger.Application.Messages;

namespace TokenLedger.Application.Collecting;

/// <summary>A run that is looked at again.</summary>
/// <param name="Message">What to do then.</param>
/// <param name="Wait">How long to wait.</param>
public sealed record CollectRunLater(CollectRunMessage Message, TimeSpan Wait);
