namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>A recognised file on its way into a bundle; its path is relative to what the user named.</summary>
internal sealed record FoundFile(EvidenceFile File, EvidenceKind Kind)
{
    public string Path => File.Path;
}
