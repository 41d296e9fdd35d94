namespace TokenLedger.Providers.Tests.GitHub;

/// <summary>A disk that is full.</summary>
internal sealed class FullStream : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("No space left.");
}
