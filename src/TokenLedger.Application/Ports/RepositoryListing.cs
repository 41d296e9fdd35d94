namespace TokenLedger.Application.Ports;

/// <summary>The repositories that can be asked about.</summary>
/// <param name="Repositories">Those that were listed, in ordinal order of their names.</param>
/// <param name="Missing">
/// Why others are not among them, such as an organisation that refuses; null when none is missing. Of several reasons
/// the last.
/// </param>
public sealed record RepositoryListing(IReadOnlyList<RepositoryAccess> Repositories, ProviderRefusal? Missing);
