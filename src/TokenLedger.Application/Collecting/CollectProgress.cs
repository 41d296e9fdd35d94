namespace TokenLedger.Application.Collecting;

/// <summary>How far collecting is.</summary>
/// <param name="Repository">The number of the repository, from 1.</param>
/// <param name="Repositories">How many there are.</param>
/// <param name="Done">Runs of the repository that are dealt with.</param>
/// <param name="Found">Runs of the repository that are found so far.</param>
/// <param name="WaitsUntil">When GitHub is asked again, UTC; null while nothing is waited for.</param>
public sealed record CollectProgress(
    int Repository, int Repositories, int Done, int Found, DateTimeOffset? WaitsUntil = null);
