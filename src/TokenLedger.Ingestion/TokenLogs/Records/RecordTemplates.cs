namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// The templates a parser has learned, the frequent ones first. Bounded; not safe for several threads.
/// </summary>
internal sealed class RecordTemplates
{
    private const int TemplatesMax = 32;

    // A log that keeps changing its shape is better read by the scanner alone.
    private const int LearningsMax = 1024;

    private readonly List<RecordTemplate> templates = new(TemplatesMax);
    private int learnings;

    /// <summary>Reads a line of a known template.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        for (var i = 0; i < templates.Count; i++)
        {
            if (!templates[i].TryRead(line, ref draft))
                continue;
            if (i > 0)
                (templates[i - 1], templates[i]) = (templates[i], templates[i - 1]);
            return true;
        }

        return false;
    }

    /// <summary>Learns from a line that the scanner accepted, and from its draft before it was completed.</summary>
    public void Learn(ReadOnlySpan<byte> line, in RecordDraft draft)
    {
        if (learnings == LearningsMax || draft.IsOtherEvent)
            return;
        learnings++;
        if (templates.Count == TemplatesMax)
            templates.RemoveAt(TemplatesMax - 1);
        templates.Add(RecordTemplate.Learn(line, draft));
    }
}
