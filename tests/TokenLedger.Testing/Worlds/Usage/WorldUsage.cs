using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Worlds.Prices;

namespace TokenLedger.Testing.Worlds.Usage;

/// <summary>Tokens that were truly used on one UTC day, and what they truly cost.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Organization">The organisation billed.</param>
/// <param name="Repository">The repository as <c>owner/name</c>; null for people.</param>
/// <param name="WorkflowPath">The workflow file; null for people.</param>
/// <param name="User">Who is billed; null for the organisation itself.</param>
/// <param name="Model">The model.</param>
/// <param name="Slice">The true tokens in the form of a slice.</param>
/// <param name="CostNanoCredits">The true gross cost; 0 for what another provider bills.</param>
public sealed record WorldUsage(
    UsageKind Kind,
    string Organization,
    string? Repository,
    string? WorkflowPath,
    string? User,
    WorldModel Model,
    UsageSlice Slice,
    long CostNanoCredits);
