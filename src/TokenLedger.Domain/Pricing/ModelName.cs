namespace TokenLedger.Domain.Pricing;

/// <summary>A model under the one name the ledger uses for it.</summary>
/// <param name="Canonical">The normalised name, such as <c>claude-sonnet-4-6</c>.</param>
/// <param name="IsAutoSelected">Whether the text carried the <c>Auto:</c> mark of automatic selection.</param>
public readonly record struct ModelName(string Canonical, bool IsAutoSelected);
