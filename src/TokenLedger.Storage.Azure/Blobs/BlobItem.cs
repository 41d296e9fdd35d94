namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>A blob in a list.</summary>
public sealed record BlobItem(string Name, BlobProperties Properties);
