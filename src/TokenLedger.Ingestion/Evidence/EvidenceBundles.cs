namespace TokenLedger.Ingestion.Evidence;

/// <summary>Opens what a user names (a file, a folder, a <c>.zip</c>, a <c>gh aw logs --json</c> answer) as bundles of evidence.</summary>
public static class EvidenceBundles
{
    /// <summary>The bundles below a path, one at a time. Never throws for bad input: it becomes a problem of a bundle.</summary>
    /// <param name="path">A path of the local file system.</param>
    public static IEnumerable<EvidenceBundle> Open(string path) => throw new NotSupportedException(path);
}
