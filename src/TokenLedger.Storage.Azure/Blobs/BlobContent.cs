namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>A blob's bytes, read from the network while the stream is read. To be disposed.</summary>
/// <remarks>A connection that breaks while the stream is read shows as an IOException: read the blob again.</remarks>
public sealed class BlobContent(Stream content, BlobProperties properties) : IDisposable, IAsyncDisposable
{
    public Stream Content { get; } = content;

    public BlobProperties Properties { get; } = properties;

    public void Dispose() => Content.Dispose();

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
