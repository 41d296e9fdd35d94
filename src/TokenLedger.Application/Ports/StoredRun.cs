using System.Globalization;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>What the ledger knows of a run before its rows are read.</summary>
/// <param name="Repository">The repository as <c>owner/name</c>.</param>
/// <param name="RepositoryId">GitHub's repository id; null when nobody said.</param>
/// <param name="InputHash">The hash of the input its rows were folded from.</param>
/// <param name="Revision">The revision of its rows, from 1; 0 while none are stored.</param>
public sealed record StoredRun(string Repository, long? RepositoryId, string InputHash, long Revision)
{
    /// <summary>
    /// UTC days whose usage changed with a revision and that nobody has queued for reconciling yet, in order.
    /// </summary>
    public IReadOnlyList<DateOnly> ChangedDays { get; init; } = [];

    /// <summary>The fold's note of the archive that its rows were made of; null where the storage keeps none.</summary>
    public string? ArchiveMark { get; init; }

    /// <summary>Whether evidence of this identity belongs to the stored run.</summary>
    /// <remarks>
    /// Ids decide where both are known, because a repository may be renamed; else names, without case.
    /// </remarks>
    public bool Admits(string repository, long? repositoryId) => RepositoryId is { } known && repositoryId is { } other
        ? known == other
        : string.Equals(Repository, repository, StringComparison.OrdinalIgnoreCase);

    /// <summary>The identity under the name that the run was first known by.</summary>
    /// <remarks>
    /// A renamed repository keeps its runs: all evidence of a run lies under one name, because the fold reads one
    /// folder and a bill of the run's days names the repository as it was then.
    /// </remarks>
    /// <param name="run">An identity that the stored run admits.</param>
    public RunIdentity UnderKnownName(RunIdentity run) => Repository.Split('/') is [var owner, var name]
        ? run with { Owner = owner, RepositoryName = name, RepositoryId = run.RepositoryId ?? RepositoryId }
        : run;

    /// <summary>The refusal of a run id that is known under another repository.</summary>
    public RunConflictException Conflict(string host, long runId, string repository) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Run {runId} on {host} is known as a run of {Repository}, not of {repository}: check --repo and --run-id."));
}
