namespace TokenLedger.Ingestion.Evidence;

/// <summary>Finds out which run attempt a bundle belongs to: <c>aw_info.json</c>, then flags, then the path.</summary>
public static class RunIdentification
{
    /// <summary>The run of a bundle.</summary>
    public static IdentityResult Identify(EvidenceBundle bundle, IdentityHints hints) =>
        throw new NotSupportedException(bundle.Name + hints.Repository);
}
