namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>Called by the clock; here by a test.</summary>
/// <param name="Name">Of the folder.</param>
/// <param name="Binding">The trigger's name.</param>
/// <param name="Schedule">Five or six fields of a cron expression.</param>
/// <param name="IsMonitored">Whether the host keeps its last and next time.</param>
public sealed record TimerFunction(string Name, string Binding, string Schedule, bool IsMonitored)
    : HostedFunction(Name, Binding);
