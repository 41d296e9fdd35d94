using TokenLedger.Ingestion.Evidence.Opening;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Opens what a user names (a file, a folder, a <c>.zip</c>, a <c>gh aw logs --json</c> answer) as bundles of
/// evidence.
/// </summary>
public static class EvidenceBundles
{
    /// <summary>
    /// The bundles below a path, one at a time. Never throws for bad input: it becomes a problem of a bundle.
    /// </summary>
    /// <remarks>
    /// Problems that belong to no run come last, in a bundle without files. A file of a bundle may only be opened
    /// while what the user named is still there.
    /// </remarks>
    /// <param name="path">A path of the local file system.</param>
    public static IEnumerable<EvidenceBundle> Open(string path)
    {
        var root = path.Replace('\\', '/').TrimEnd('/');
        var findings = new Findings(root.Length == 0 ? "/" : root);
        Find(path, findings);
        var isAnswer = findings.Files.ToLookup(
            file => file.Kind is EvidenceKind.LogsAnswer or EvidenceKind.AuditAnswer);
        foreach (var (folder, members) in BundleGrouping.Group([.. isAnswer[false]], root))
            yield return Bundle(folder, members, findings);
        foreach (var answer in isAnswer[true].OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            foreach (var bundle in GhAwAnswer.Bundles(answer, findings))
                yield return bundle;
        }

        if (findings.Files.Count == 0 && findings.Problems.Count == 0)
            findings.Report("", EvidenceCodes.NothingRecognised,
                "Nothing here is evidence of a run; name a folder, zip or file that holds token-usage.jsonl.");
        if (findings.Problems.Count > 0)
            yield return new EvidenceBundle(findings.SourceOf(""), "problems", [], [.. findings.Problems]);
    }

    private static void Find(string path, Findings findings)
    {
        try
        {
            if (Directory.Exists(path))
            {
                FolderWalk.Walk(path, findings);
                return;
            }

            var file = new FileInfo(path);
            if (!file.Exists)
                findings.Report("", EvidenceCodes.NotFound, "There is no such file or folder; check the path.");
            else if (!RegularFile.Is(path))
                findings.Report("", EvidenceCodes.NoFile, FolderWalk.NoFileMessage);
            else if (ZipWalk.StartsLikeZip(file.Name, () => FolderWalk.OpenShared(file.FullName)))
                ZipWalk.Walk(file.FullName, "", findings);
            else
                findings.Consider(new EvidenceFile(
                    file.Name, file.Length, () => FolderWalk.OpenShared(file.FullName)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            findings.Report("", EvidenceCodes.Unreadable, "The path cannot be read; check it and its permissions.");
        }
    }

    private static EvidenceBundle Bundle(string folder, List<FoundFile> members, Findings findings)
    {
        var name = findings.SourceOf(folder);
        var prefix = folder.Length == 0 ? 0 : folder.Length + 1;
        var files = members.ConvertAll(member => member.File with { Path = member.Path[prefix..] });
        var isSingleFile = folder.Length == 0 && File.Exists(name) && files is [_] && name.EndsWith(
            "/" + files[0].Path, StringComparison.Ordinal);
        var place = isSingleFile ? name[..^(files[0].Path.Length + 1)] : name;
        return new EvidenceBundle(name, UploadNames.Of(place, "upload"), files, []);
    }
}
