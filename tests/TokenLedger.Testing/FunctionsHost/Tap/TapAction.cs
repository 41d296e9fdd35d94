namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>Something that happens at one call.</summary>
internal sealed record TapAction(int Number, TapMoment Moment, Func<Task> Run);
