namespace TokenLedger.Ingestion.Evidence;

/// <summary>Writes what flags say of a run as one more evidence file, so that the fold stays a function of the archive alone.</summary>
public static class RunHintsFile
{
    /// <summary>The file's name in the archive.</summary>
    public const string FileName = "tokenledger-run.json";

    /// <summary>The file for these hints; null when they say nothing that evidence does not (no workflow path, no payer).</summary>
    public static EvidenceFile? Create(IdentityHints hints) => throw new NotSupportedException(hints.Repository);
}
