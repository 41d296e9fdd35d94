namespace TokenLedger.Application.Collecting;

/// <summary>Which runs are to be collected.</summary>
/// <param name="Organization">The organisation; null when a repository is named.</param>
/// <param name="Repository">The repository as <c>owner/name</c>; null when an organisation is named.</param>
/// <param name="From">When a run must have been created, inclusive, UTC.</param>
/// <param name="To">When a run must have been created, exclusive, UTC.</param>
public sealed record CollectRequest(string? Organization, string? Repository, DateTimeOffset From, DateTimeOffset To);
