using TokenLedger.Ingestion.Evidence.Opening;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// The evidence in one item of an archive that anybody may put things into: a zip stands for the recognised files in
/// it, any other file for itself where it is recognised.
/// </summary>
/// <param name="Files">The evidence; readable while the local copy is there.</param>
/// <param name="Problems">What could not be taken, with the archived path.</param>
public sealed record ArchivedUpload(IReadOnlyList<ArchivedFile> Files, IReadOnlyList<InputProblem> Problems)
{
    /// <summary>A folder name for the archive made from any text.</summary>
    public static string NameOf(string text) => UploadNames.Of(text, "upload");

    /// <summary>Opens a local copy of an archived item.</summary>
    /// <param name="localPath">The copy.</param>
    /// <param name="archived">
    /// The item: attempt, path within the run's archive (its first segment is the attempt) and hash.
    /// </param>
    /// <param name="isJudged">Whether it was recognised before it was archived, so that it is taken as it is.</param>
    public static ArchivedUpload Open(string localPath, ArchivedFile archived, bool isJudged)
    {
        if (ZipWalk.StartsLikeZip(archived.File.Path, () => FolderWalk.OpenShared(localPath)))
            return OfZip(localPath, archived);
        if (isJudged)
            return new ArchivedUpload([archived], []);
        var slash = archived.File.Path.IndexOf('/', StringComparison.Ordinal);
        var findings = new Findings(archived.File.Path[..slash]);
        findings.Consider(archived.File with { Path = archived.File.Path[(slash + 1)..] });
        return new ArchivedUpload(
            [.. Of(findings).Select(found => archived with { File = found.File with { Path = archived.File.Path } })],
            findings.Problems);
    }

    /// <summary>An item that is left out because the run's archive is larger than any real one.</summary>
    public static InputProblem TooMuch(string archivedPath) => new(
        archivedPath, null, EvidenceCodes.TooMany,
        "The run's archive is larger than any real one; remove what does not belong there.");

    private static ArchivedUpload OfZip(string localPath, ArchivedFile archived)
    {
        var findings = new Findings(archived.File.Path);
        ZipWalk.Walk(localPath, "", findings);
        return new ArchivedUpload(
            [.. Of(findings).Select(found => new ArchivedFile(
                archived.Attempt,
                found.File with { Path = $"{archived.File.Path}/{found.Path}" },
                ContentIdentity.OfEntry(archived.Sha256, found.Path)))],
            findings.Problems);
    }

    // An answer of gh aw about many runs belongs to none of them: it is ingested, not archived.
    private static IEnumerable<FoundFile> Of(Findings findings) => findings.Files.Where(
        file => file.Kind is not (EvidenceKind.LogsAnswer or EvidenceKind.AuditAnswer));
}
