using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Finds out which run attempt a bundle belongs to: <c>aw_info.json</c>, then flags, then the path.</summary>
public static class RunIdentification
{
    /// <summary>The run of a bundle.</summary>
    public static IdentityResult Identify(EvidenceBundle bundle, IdentityHints hints)
    {
        var infos = bundle.Files
            .Where(file => EvidenceRecognition.KindOfNamed(file.Path) == EvidenceKind.AwInfo)
            .Select(file => AwInfoReader.Read(file, static _ => { }))
            .OfType<AwInfo>()
            .ToList();
        var summary = bundle.Files
            .Where(file => EvidenceRecognition.KindOfNamed(file.Path) == EvidenceKind.RunSummary)
            .Select(file => RunSummaryReader.Read(file, static _ => { }))
            .FirstOrDefault(read => read is not null);
        var runs = bundle.Files
            .Where(file => RecordFile.IsNamed(file.Path, WorkflowRunFile.FileName))
            .Select(file => WorkflowRunFile.Read(file, static _ => { }))
            .OfType<WorkflowRunFacts>()
            .Select(RunClaim.Of)
            .ToList();
        if (MoreThanOneRun([.. infos.Select(info => RunClaim.Of([info])), .. runs]))
            return Problem(bundle, EvidenceCodes.TwoRunsInOneBundle,
                "The files name two different runs; ingest the folder or zip of each run by itself.");
        var said = runs.Aggregate(RunClaim.Of(infos), static (claim, run) => claim.Or(run));
        if (summary is not null)
            said = said.Or(RunClaim.Of(summary));
        if (said.Contradicted(hints) is { } flag)
            return new IdentityResult(null, new InputProblem(bundle.Name, null, EvidenceCodes.IdentityContradiction,
                $"{flag} contradicts what the run's own files say; leave the flag out or name the right run."), true);
        var claim = said.Or(RunClaim.Of(hints)).Or(RunClaim.Of(RunPlace.In(bundle.Name.Split('/'))));
        if (claim.Repository is null || claim.RunId is null)
            return Problem(bundle, EvidenceCodes.IdentityMissing,
                "The files do not tell which run they are of; pass --repo OWNER/NAME and --run-id ID.");
        return Checked(bundle, claim);
    }

    private static IdentityResult Checked(EvidenceBundle bundle, RunClaim claim)
    {
        var host = (claim.Host ?? RunKey.PublicHost).ToLowerInvariant();
        if (RunNames.Split(claim.Repository) is not var (owner, name) || !RunNames.IsHost(host))
            return Problem(bundle, EvidenceCodes.IdentityInvalid,
                "The repository or host is no name that GitHub has; pass the right one with --repo OWNER/NAME.");
        if (claim.RunId is not > 0 || claim.Attempt is < 1 or > int.MaxValue)
            return Problem(bundle, EvidenceCodes.IdentityInvalid, string.Create(CultureInfo.InvariantCulture,
                $"Run {claim.RunId}, attempt {claim.Attempt ?? 1} is no run; pass --run-id ID and --attempt N."));
        var identity = new RunIdentity(
            host, owner, name, claim.RunId.Value, (int)(claim.Attempt ?? 1), claim.RepositoryId);
        return new IdentityResult(identity, null, false);
    }

    private static bool MoreThanOneRun(List<RunClaim> claims) =>
        claims.Select(claim => claim.RunId).OfType<long>().Distinct().Count() > 1
        || claims.Select(claim => claim.Attempt).OfType<long>().Distinct().Count() > 1
        || MoreThanOneRepository(claims);

    // A repository may be renamed between two files of a run; its id stays.
    private static bool MoreThanOneRepository(List<RunClaim> claims) =>
        claims.Select(claim => claim.Repository).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1
        && (claims.Exists(claim => claim is { Repository: not null, RepositoryId: null })
            || claims.Select(claim => claim.RepositoryId).OfType<long>().Distinct().Count() > 1);

    private static IdentityResult Problem(EvidenceBundle bundle, string code, string message) =>
        new(null, new InputProblem(bundle.Name, null, code, message), false);
}
