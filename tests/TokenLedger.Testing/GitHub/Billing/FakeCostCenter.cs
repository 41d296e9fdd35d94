namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A cost centre of the fake GitHub.</summary>
internal sealed record FakeCostCenter(string Id, string Name, bool IsActive);
