namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>A route of the front door.</summary>
/// <param name="Name">Of the folder.</param>
/// <param name="Binding">The trigger's name.</param>
/// <param name="Route">With the app's prefix.</param>
/// <param name="Methods">Upper case; null: all.</param>
/// <param name="NeedsKey">Unless its level is anonymous.</param>
public sealed record HttpFunction(
    string Name, string Binding, RouteTemplate Route, IReadOnlyList<string>? Methods, bool NeedsKey)
    : HostedFunction(Name, Binding);
