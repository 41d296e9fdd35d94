namespace TokenLedger.Ingestion.Evidence;

/// <summary>A file that may tell something about a run.</summary>
/// <param name="Path">
/// The path with forward slashes: inside the archive of the run, or relative to the folder or zip of its bundle.
/// </param>
/// <param name="LengthBytes">The length; for a zip entry as declared, which a hostile zip may understate.</param>
/// <param name="OpenRead">Opens the bytes from the start; the caller disposes the stream.</param>
public sealed record EvidenceFile(string Path, long LengthBytes, Func<Stream> OpenRead);
