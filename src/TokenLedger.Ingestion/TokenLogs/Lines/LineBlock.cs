using System.Buffers;

namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>A stretch of a file that holds whole lines, in a pooled buffer of fixed size.</summary>
internal sealed class LineBlock : IDisposable
{
    /// <summary>The longest line that is read, in bytes without its end.</summary>
    public const int LineBytesMax = 1 << 20;

    /// <summary>
    /// How much is read before the block is cut: large enough that hand-over costs nothing, small enough for cache.
    /// </summary>
    public const int BytesWanted = 1 << 18;

    /// <summary>Room for a longest line and one byte that proves a line too long.</summary>
    public const int Capacity = LineBytesMax + BytesWanted;

    private byte[]? buffer = ArrayPool<byte>.Shared.Rent(Capacity);

    /// <summary>The buffer; the content is its first <see cref="Length"/> bytes.</summary>
    public byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(LineBlock));

    /// <summary>Bytes of whole lines.</summary>
    public int Length { get; set; }

    /// <summary>The block's place in the file, from 0.</summary>
    public long Sequence { get; set; }

    /// <summary>After the block's lines comes one that is too long; it was passed over.</summary>
    public bool IsFollowedByTooLongLine { get; set; }

    /// <summary>The file ends with this block.</summary>
    public bool IsLast { get; set; }

    /// <summary>The lines.</summary>
    public ReadOnlySpan<byte> Content => Buffer.AsSpan(0, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
