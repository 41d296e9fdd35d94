using TokenLedger.Application.Days;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>A stored day as it was read at some time.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Head">The head of the day.</param>
public sealed record HeadSeen(DateTimeOffset At, DayHead Head);
