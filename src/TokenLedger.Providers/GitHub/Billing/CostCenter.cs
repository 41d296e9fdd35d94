namespace TokenLedger.Providers.GitHub.Billing;

/// <summary>An active cost centre of an enterprise.</summary>
/// <param name="Id">What it is asked for by.</param>
/// <param name="Name">What people call it.</param>
internal sealed record CostCenter(string Id, string Name);
