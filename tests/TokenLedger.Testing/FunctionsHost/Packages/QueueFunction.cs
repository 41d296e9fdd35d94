namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>Called for every message of a queue.</summary>
public sealed record QueueFunction(string Name, string Binding, string Queue) : HostedFunction(Name, Binding);
