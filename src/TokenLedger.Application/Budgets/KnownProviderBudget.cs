using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Budgets;

/// <summary>A provider's own budget as it was last read.</summary>
/// <param name="AccountKey">The account.</param>
/// <param name="Budget">The budget.</param>
/// <param name="ReadAt">When it was read, UTC.</param>
public sealed record KnownProviderBudget(string AccountKey, ProviderBudget Budget, DateTimeOffset ReadAt);
