namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>Decides which files belong to one run attempt, by the folders they lie in.</summary>
/// <remarks>
/// In this order: a folder of the archive's shape or named <c>run-ID</c>; the nearest folder that holds
/// <c>aw_info.json</c> directly or in a direct child; what the user named. Zips count as folders.
/// </remarks>
internal sealed class BundleGrouping
{
    private readonly HashSet<string> infoFolders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> isOneRunByParent = new(StringComparer.Ordinal);

    private readonly string[] namedFolders;

    private BundleGrouping(IReadOnlyList<FoundFile> files, string named)
    {
        namedFolders = named.Split('/');
        var infos = files.Where(file => file.Kind == EvidenceKind.AwInfo).ToList();
        foreach (var info in infos)
            infoFolders.Add(FolderOf(info.Path));
        foreach (var siblings in infos
            .Where(info => FolderOf(info.Path).Length > 0)
            .GroupBy(info => FolderOf(FolderOf(info.Path)), StringComparer.Ordinal))
            isOneRunByParent[siblings.Key] = siblings.Count() == 1 || siblings.Select(RunOf).Distinct().Count() == 1;
    }

    /// <summary>The files by the folder that stands for their run, both in ordinal order.</summary>
    /// <param name="files">The files, their paths relative to what the user named.</param>
    /// <param name="named">What the user named: it may be the upper part of a folder of the archive's shape.</param>
    public static IEnumerable<(string Root, List<FoundFile> Files)> Group(IReadOnlyList<FoundFile> files, string named)
    {
        var grouping = new BundleGrouping(files, named);
        var byRoot = new SortedDictionary<string, List<FoundFile>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var root = grouping.RootOf(file.Path);
            if (!byRoot.TryGetValue(root, out var group))
                byRoot.Add(root, group = []);
            group.Add(file);
        }

        grouping.JoinArtifactsOfOneRun(byRoot);
        return byRoot.Select(pair =>
        {
            pair.Value.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            return (pair.Key, pair.Value);
        });
    }

    private string RootOf(string path)
    {
        var folder = FolderOf(path);
        if (folder.Length > 0)
        {
            var segments = folder.Split('/');
            if (RunPlace.In([.. namedFolders, .. segments]) is { } place
                && place.Segments > namedFolders.Length)
                return string.Join('/', segments[..(place.Segments - namedFolders.Length)]);
        }

        for (var at = folder; ; at = FolderOf(at))
        {
            if (infoFolders.Contains(at) || isOneRunByParent.GetValueOrDefault(at))
                return at;
            if (at.Length == 0)
                return "";
        }
    }

    // Artifacts of one run lie side by side; the folder above them is the run once it holds anything for them all.
    private void JoinArtifactsOfOneRun(SortedDictionary<string, List<FoundFile>> byRoot)
    {
        foreach (var root in byRoot.Keys.Where(root => root.Length > 0 && infoFolders.Contains(root)).ToList())
        {
            var parent = FolderOf(root);
            if (!isOneRunByParent.GetValueOrDefault(parent) || infoFolders.Contains(parent)
                || !byRoot.TryGetValue(parent, out var group))
                continue;
            group.AddRange(byRoot[root]);
            byRoot.Remove(root);
        }
    }

    private static (string?, long?, long?) RunOf(FoundFile info)
    {
        var read = AwInfoReader.Read(info.File, static _ => { });
        return (read?.Repository?.ToLowerInvariant(), read?.RunId, read?.Attempt);
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";
}
