namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>One folder with a function.json.</summary>
/// <param name="Name">Of the folder, and the path that payloads are posted to.</param>
/// <param name="Binding">The trigger's name, under which its value arrives.</param>
public abstract record HostedFunction(string Name, string Binding);
