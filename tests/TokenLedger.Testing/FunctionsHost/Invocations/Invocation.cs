namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>One call of a function and what came of it.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Judgement">As the host made it.</param>
/// <param name="Status">Of the handler's answer; null when there was none.</param>
/// <param name="DequeueCount">Of the message; null for other triggers.</param>
public sealed record Invocation(string Function, Judgement Judgement, int? Status, int? DequeueCount);
