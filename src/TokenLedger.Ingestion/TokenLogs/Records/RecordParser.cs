namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Turns a line into a record by the cheapest of three readers that agree: 1. a learned template, 2. the scanner of
/// flat records, 3. the JSON reader, which alone may reject.
/// </summary>
/// <param name="texts">The strings that repeat.</param>
internal sealed class RecordParser(TextPool texts)
{
    private readonly RecordTemplates templates = new();

    /// <summary>Parses the line that a text starts with, if it is of a known template; else null.</summary>
    /// <param name="text">The line and what follows it.</param>
    /// <param name="length">The line's length; what stands there is the caller's to check.</param>
    public RecordTemplate? Find(ReadOnlySpan<byte> text, out int length) => templates.Find(text, out length);

    /// <summary>Parses a line without surrounding blanks.</summary>
    /// <param name="line">The bytes, not empty.</param>
    /// <param name="scratch">Room for a record of no template.</param>
    /// <param name="verdict">What the line is.</param>
    /// <returns>The record, or the fault; good until the next line.</returns>
    public ref RecordDraft Parse(ReadOnlySpan<byte> line, ref RecordDraft scratch, out LineVerdict verdict)
    {
        if (templates.Find(line, out var length) is { } template && length == line.Length)
        {
            verdict = template.Draft.Complete(line);
            return ref template.Draft;
        }

        scratch = default;
        if (!FlatRecordScanner.TryRead(line, texts, ref scratch))
        {
            verdict = ParseAsJson(line, ref scratch);
            return ref scratch;
        }

        templates.Learn(line, scratch);
        verdict = scratch.Complete(line);
        return ref scratch;
    }

    /// <summary>Parses by the JSON reader alone.</summary>
    public LineVerdict ParseAsJson(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        draft = default;
        return JsonRecordReader.TryRead(line, texts, ref draft) ? draft.Complete(line) : LineVerdict.Rejected;
    }
}
