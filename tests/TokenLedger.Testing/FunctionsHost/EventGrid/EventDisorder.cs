namespace TokenLedger.Testing.FunctionsHost.EventGrid;

/// <summary>What a service that delivers at least once and in no order may do, the same for the same seed.</summary>
/// <param name="Seed">Of the generator.</param>
/// <param name="CopiesMax">Every event is delivered 1 to this many times.</param>
/// <param name="RoundsHeldMax">An event is held back for 0 to this many rounds.</param>
public sealed record EventDisorder(int Seed, int CopiesMax = 3, int RoundsHeldMax = 2);
