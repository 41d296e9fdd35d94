namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// A record while its fields come in, in any order. Both readers fill it; what follows from the fields is decided once,
/// here.
/// </summary>
internal struct RecordDraft
{
    /// <summary>The fields under their own names.</summary>
    public TokenUsageRecord Record;

    /// <summary>Cache reads under the first alias that named any.</summary>
    public long CacheReadAlias;

    /// <summary>Cache writes under an alias.</summary>
    public long CacheWriteAlias;

    /// <summary>The five-minute part of a split.</summary>
    public long Split5m;

    /// <summary>The one-hour part of a split.</summary>
    public long Split1h;

    /// <summary>The first fault found.</summary>
    public LineRejection Rejection;

    public bool HasTokens;
    public bool HasTimestamp;
    public bool HasSplit;
    public bool IsOtherEvent;

    /// <summary>Keeps the first fault.</summary>
    public void Reject(LineRejection rejection)
    {
        if (Rejection == LineRejection.None)
            Rejection = rejection;
    }

    /// <summary>Takes a count that was read for a field.</summary>
    public void SetCount(RecordField field, long count)
    {
        HasTokens = true;
        switch (field)
        {
            case RecordField.InputTokens:
                Record.InputTokens = count;
                break;
            case RecordField.OutputTokens:
                Record.OutputTokens = count;
                break;
            case RecordField.CacheReadTokens:
                Record.CacheReadTokens = count;
                break;
            case RecordField.CacheWriteTokens:
                Record.CacheWriteTokens = count;
                break;
            case RecordField.ReasoningTokens:
                Record.ReasoningTokens = count;
                break;
            case RecordField.CacheReadAlias:
                // Three names for one number: 0 under one of them does not speak against another.
                CacheReadAlias = Math.Max(CacheReadAlias, count);
                break;
            case RecordField.CacheWriteAlias:
                CacheWriteAlias = count;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "No token field.");
        }
    }

    /// <summary>Takes a text that was read for a field.</summary>
    public void SetText(RecordField field, string text)
    {
        switch (field)
        {
            case RecordField.Purpose:
                Record.Purpose = text;
                break;
            case RecordField.Provider:
                Record.Provider = text;
                break;
            case RecordField.Model:
                Record.Model = text;
                break;
            case RecordField.Path:
                Record.Path = text;
                break;
            case RecordField.DynamicSelector:
                Record.DynamicSelector = text;
                break;
            case RecordField.ServiceTier:
                Record.ServiceTier = text;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "No text field.");
        }
    }

    /// <summary>Completes the record from a whole line.</summary>
    /// <param name="line">The line without surrounding blanks, the identity of a record without an id.</param>
    public LineVerdict Complete(ReadOnlySpan<byte> line)
    {
        // Steering events may share the file; nothing else in them is looked at.
        if (IsOtherEvent)
            return LineVerdict.OtherEvent;
        if (!HasTimestamp)
            Reject(LineRejection.TimestampMissing);
        if (!HasTokens)
            Reject(LineRejection.NoTokenCount);
        if (Rejection != LineRejection.None)
            return LineVerdict.Rejected;
        if (Record.CacheReadTokens == 0)
            Record.CacheReadTokens = CacheReadAlias;
        if (Record.CacheWriteTokens == 0)
            Record.CacheWriteTokens = CacheWriteAlias;
        if (HasSplit)
            DivideCacheWrites();
        if (Record.RequestIdHash == UInt128.Zero)
            Record.RequestIdHash = RequestIdentity.OfRawLine(line);
        return LineVerdict.Usage;
    }

    // No token is lost and none is invented: what the split leaves out is written at the short, cheaper rate.
    private void DivideCacheWrites()
    {
        var split = Split5m + Split1h;
        var total = Math.Max(Record.CacheWriteTokens, split);
        Record.IsCacheWriteSplitInconsistent = Record.CacheWriteTokens != 0 && Record.CacheWriteTokens != split;
        Record.CacheWrite1hTokens = Split1h;
        Record.CacheWriteTokens = total - Split1h;
    }
}
