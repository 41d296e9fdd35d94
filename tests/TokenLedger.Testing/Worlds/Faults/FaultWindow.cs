namespace TokenLedger.Testing.Worlds.Faults;

/// <summary>A time in which a provider misbehaves.</summary>
/// <param name="Kind">How.</param>
/// <param name="From">From when, UTC.</param>
/// <param name="To">Until when, UTC, exclusive.</param>
/// <param name="OfNested">Of organisations beside their enterprise, or of the wallet itself.</param>
public sealed record FaultWindow(FaultKind Kind, DateTimeOffset From, DateTimeOffset To, bool OfNested);
