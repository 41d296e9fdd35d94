namespace TokenLedger.Ingestion.Evidence;

/// <summary>A file of a run's archive.</summary>
/// <param name="Attempt">The attempt it was stored under.</param>
/// <param name="File">The file; its path begins with the attempt and the upload.</param>
/// <param name="Hashing">
/// The hash of its bytes, lower-case hexadecimal; of a long file just archived it may still be under way, while the
/// file can already be read.
/// </param>
public sealed record ArchivedFile(int Attempt, EvidenceFile File, Task<string> Hashing)
{
    /// <summary>A file whose hash is known.</summary>
    public ArchivedFile(int attempt, EvidenceFile file, string sha256)
        : this(attempt, file, Task.FromResult(sha256))
    {
    }

    /// <summary>The hash of its bytes, lower-case hexadecimal. Waits until it is known.</summary>
    /// <exception cref="IOException">The bytes could not be read to their end.</exception>
    public string Sha256 => Hashing.GetAwaiter().GetResult();
}
