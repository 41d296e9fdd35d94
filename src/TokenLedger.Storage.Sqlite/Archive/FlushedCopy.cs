namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>A copy of evidence that the disk has.</summary>
/// <param name="Path">Where it lies, under a temporary name.</param>
/// <param name="LengthBytes">How long it turned out to be.</param>
/// <param name="Hashing">Its SHA-256 in lower-case hexadecimal; of a long file perhaps still under way.</param>
internal sealed record FlushedCopy(string Path, long LengthBytes, Task<string> Hashing);
