namespace TokenLedger.Ingestion.TokenLogs.Lines;

/// <summary>Cuts a stream into blocks of whole lines, in memory that does not depend on the stream.</summary>
/// <remarks>
/// Not safe for several threads. A byte order mark is taken off; a line over the limit is passed over.
/// </remarks>
internal sealed class LineBlockReader(Stream stream)
{
    private byte[] carry = [];
    private int carryLength;
    private long sequence;
    private bool isPassingOver;
    private bool isEnded;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Fills a block with the next lines; false at the end.</summary>
    public bool TryRead(LineBlock block)
    {
        if (isEnded)
            return false;
        block.Sequence = sequence;
        block.IsFollowedByTooLongLine = false;
        var buffer = block.Buffer.AsSpan(0, LineBlock.Capacity);
        carry.AsSpan(0, carryLength).CopyTo(buffer);
        var length = PassOver(buffer, carryLength);
        carryLength = 0;
        var searched = 0;
        while (true)
        {
            length = Fill(buffer, length, Math.Min(buffer.Length, length + LineBlock.BytesWanted));
            if (sequence == 0 && searched == 0)
                length = WithoutByteOrderMark(buffer, length);
            if (isEnded)
                return End(block, length);
            var lastLineEnd = buffer[searched..length].LastIndexOf((byte)'\n');
            if (lastLineEnd >= 0)
                return Cut(block, searched + lastLineEnd + 1, length);
            if (length > LineBlock.LineBytesMax)
                return CutTooLong(block);
            searched = length;
        }
    }

    private bool End(LineBlock block, int length)
    {
        block.Length = length;
        block.IsLast = true;
        sequence++;
        return true;
    }

    private bool Cut(LineBlock block, int length, int filled)
    {
        block.Length = length;
        block.IsLast = false;
        carryLength = filled - length;
        if (carry.Length < carryLength)
            carry = new byte[Math.Max(carryLength, 4096)];
        block.Buffer.AsSpan(length, carryLength).CopyTo(carry);
        sequence++;
        return true;
    }

    private bool CutTooLong(LineBlock block)
    {
        block.Length = 0;
        block.IsLast = false;
        block.IsFollowedByTooLongLine = true;
        isPassingOver = true;
        sequence++;
        return true;
    }

    // Reads on to the end of a line that was too long; what follows it moves to the front.
    private int PassOver(Span<byte> buffer, int length)
    {
        while (isPassingOver)
        {
            length = Fill(buffer, 0, LineBlock.BytesWanted);
            var end = buffer[..length].IndexOf((byte)'\n');
            isPassingOver = end < 0 && !isEnded;
            var rest = end < 0 ? length : end + 1;
            buffer[rest..length].CopyTo(buffer);
            length -= rest;
        }

        return length;
    }

    private int Fill(Span<byte> buffer, int length, int wanted)
    {
        while (length < wanted && !isEnded)
        {
            var read = stream.Read(buffer[length..wanted]);
            isEnded = read == 0;
            length += read;
        }

        return length;
    }

    private static int WithoutByteOrderMark(Span<byte> buffer, int length)
    {
        if (!buffer[..length].StartsWith(ByteOrderMark))
            return length;
        buffer[ByteOrderMark.Length..length].CopyTo(buffer);
        return length - ByteOrderMark.Length;
    }
}
