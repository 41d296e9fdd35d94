namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Turns a line into a record by the cheapest of three readers that agree: 1. a learned template, 2. the scanner of
/// flat records, 3. the JSON reader, which alone may reject.
/// </summary>
/// <param name="texts">The strings that repeat.</param>
internal sealed class RecordParser(TextPool texts)
{
    private readonly RecordTemplates templates = new();

    /// <summary>Parses a line without surrounding blanks.</summary>
    /// <param name="line">The bytes, not empty.</param>
    /// <param name="draft">The record, or the fault.</param>
    public LineVerdict Parse(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        if (templates.TryRead(line, ref draft))
            return draft.Complete(line);
        draft = default;
        if (!FlatRecordScanner.TryRead(line, texts, ref draft))
            return ParseAsJson(line, ref draft);
        templates.Learn(line, draft);
        return draft.Complete(line);
    }

    /// <summary>Parses by the JSON reader alone.</summary>
    public LineVerdict ParseAsJson(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        draft = default;
        return JsonRecordReader.TryRead(line, texts, ref draft) ? draft.Complete(line) : LineVerdict.Rejected;
    }
}
