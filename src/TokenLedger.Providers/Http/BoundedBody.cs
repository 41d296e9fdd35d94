namespace TokenLedger.Providers.Http;

/// <summary>Reads a body of unknown length up to a bound.</summary>
internal static class BoundedBody
{
    private const int BlockBytes = 16 * 1024;

    /// <summary>The body, or its first bytes and that there are more.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsWhole)> ReadAsync(
        Stream stream, int bytesMax, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var block = new byte[BlockBytes];
        while (body.Length <= bytesMax)
        {
            var read = await stream.ReadAsync(block, cancellation);
            if (read == 0)
                return (body.GetBuffer().AsMemory(0, (int)body.Length), true);
            body.Write(block, 0, read);
        }

        return (body.GetBuffer().AsMemory(0, bytesMax), false);
    }
}
