using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Finds uploads that lie in the archive of one run and say that they are of another. Whoever may write to the archive
/// may err in the folder, and another run's tokens must not become this one's.
/// </summary>
/// <remarks>
/// An upload is the first folder or zip below the attempt. One file of it that contradicts leaves all of it out.
/// </remarks>
internal static class MisplacedUploads
{
    /// <summary>The files of every upload that is not another run's, in the order given.</summary>
    /// <param name="run">The run that is folded.</param>
    /// <param name="files">All its files, in an order of their own.</param>
    /// <param name="onProblem">Told of every upload that is left out.</param>
    public static IReadOnlyList<RunFile> LeaveOut(
        RunIdentity run, IReadOnlyList<RunFile> files, Action<InputProblem> onProblem)
    {
        var claims = files
            .Select(file => (File: file, Claim: ClaimOf(file)))
            .Where(pair => pair.Claim is not null)
            .Select(pair => (pair.File, Claim: pair.Claim!))
            .ToList();
        // The id that goes with the run's name, GitHub's own word first: evidence that came after the repository was
        // renamed has another name and the same id.
        var repositoryId = claims
            .Where(pair => IsSame(pair.Claim.RunId, run.RunId) && IsSame(pair.Claim.Repository, run.Repository))
            .OrderBy(pair => pair.File.Kind == EvidenceKind.WorkflowRun ? 0 : 1)
            .Select(pair => pair.Claim.RepositoryId)
            .FirstOrDefault(id => id is not null) ?? run.RepositoryId;
        var misplaced = claims
            .Where(pair => IsOfAnotherRun(pair.Claim, run, repositoryId))
            .Select(pair => UploadOf(pair.File.Path))
            .ToHashSet(StringComparer.Ordinal);
        if (misplaced.Count == 0)
            return files;
        foreach (var upload in misplaced)
            onProblem(new InputProblem(upload, null, EvidenceCodes.MisplacedUpload,
                "The upload's own files name another run or repository, so nothing of it counts; upload it there."));
        return [.. files.Where(file => !misplaced.Contains(UploadOf(file.Path)))];
    }

    private static RunClaim? ClaimOf(RunFile file) => file.Kind switch
    {
        EvidenceKind.AwInfo when AwInfoReader.Read(file.File, static _ => { }) is { } info => RunClaim.Of([info]),
        EvidenceKind.WorkflowRun when WorkflowRunFile.Read(file.File, static _ => { }) is { } facts =>
            RunClaim.Of(facts),
        _ => null,
    };

    private static bool IsOfAnotherRun(RunClaim claim, RunIdentity run, long? repositoryId) =>
        !IsSame(claim.RunId, run.RunId)
        || !(claim.RepositoryId is { } said && repositoryId is { } known
            ? said == known
            : IsSame(claim.Repository, run.Repository));

    // What is not said contradicts nothing.
    private static bool IsSame(long? said, long known) => said is null || said == known;

    private static bool IsSame(string? said, string known) =>
        said is null || string.Equals(said, known, StringComparison.OrdinalIgnoreCase);

    private static string UploadOf(string path) => string.Join('/', path.Split('/', 3)[..^1]) is { } folders
        && folders.Contains('/', StringComparison.Ordinal)
            ? folders
            : path;
}
