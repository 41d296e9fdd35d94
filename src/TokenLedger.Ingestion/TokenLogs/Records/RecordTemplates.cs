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

    /// <summary>The template that reads the line that a text starts with; null when none does.</summary>
    public RecordTemplate? Find(ReadOnlySpan<byte> text, out int length)
    {
        for (var i = 0; i < templates.Count; i++)
        {
            var template = templates[i];
            if (!template.TryRead(text, out length))
                continue;
            if (i > 0)
                (templates[i - 1], templates[i]) = (templates[i], templates[i - 1]);
            return template;
        }

        length = 0;
        return null;
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
