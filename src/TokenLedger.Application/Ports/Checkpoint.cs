namespace TokenLedger.Application.Ports;

/// <summary>A named mark.</summary>
/// <param name="Name">The name, such as <c>reconcile-day/2026-11-20</c>; any text up to 500 characters.</param>
/// <param name="At">When it was set, UTC.</param>
/// <param name="Value">What it says; may be empty, at most 8,000 characters.</param>
public sealed record Checkpoint(string Name, DateTimeOffset At, string Value = "");
