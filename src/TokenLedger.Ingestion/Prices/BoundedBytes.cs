namespace TokenLedger.Ingestion.Prices;

/// <summary>The bytes of a file that must not be larger than one of its kind can be.</summary>
internal static class BoundedBytes
{
    /// <summary>The bytes without a byte order mark; null when there are more.</summary>
    public static byte[]? Read(Stream stream, int maximumBytes)
    {
        using var buffer = new MemoryStream();
        var block = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            if (buffer.Length + read > maximumBytes)
                return null;
            buffer.Write(block, 0, read);
        }

        var bytes = buffer.ToArray();
        return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
