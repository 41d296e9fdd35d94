namespace TokenLedger.Ingestion.Billing;

/// <summary>Turns growing byte offsets into line numbers, counting every line break once.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> content = content;
    private int offset;
    private long line = 1;

    /// <summary>The line, from 1, of an offset that is not before the last one asked for.</summary>
    public long LineOf(int next)
    {
        if (next > offset)
        {
            line += content[offset..next].Count((byte)'\n');
            offset = next;
        }

        return line;
    }
}
