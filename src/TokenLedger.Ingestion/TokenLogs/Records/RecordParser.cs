namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Turns a line into a record: the scanner first, the JSON reader for what the scanner leaves.</summary>
/// <param name="texts">The strings that repeat.</param>
internal sealed class RecordParser(TextPool texts)
{
    /// <summary>Parses a line without surrounding blanks.</summary>
    /// <param name="line">The bytes, not empty.</param>
    /// <param name="draft">The record, or the fault.</param>
    public LineVerdict Parse(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        draft = default;
        return FlatRecordScanner.TryRead(line, texts, ref draft) ? draft.Complete(line) : ParseAsJson(line, ref draft);
    }

    /// <summary>Parses without the scanner.</summary>
    public LineVerdict ParseAsJson(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        draft = default;
        return JsonRecordReader.TryRead(line, texts, ref draft) ? draft.Complete(line) : LineVerdict.Rejected;
    }
}
