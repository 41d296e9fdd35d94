namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>A place where the lines of a template differ, with the text that stands before it in all of them.</summary>
/// <param name="Before">The literal text from the end of the slot before.</param>
/// <param name="Kind">What may stand here.</param>
/// <param name="Field">The field it is read for.</param>
/// <param name="Length">The learned length in bytes; binding only for kinds of fixed length.</param>
internal readonly record struct TemplateSlot(byte[] Before, TemplateSlotKind Kind, RecordField Field, int Length)
{
    /// <summary>Whether the slot always has its learned length, so that what follows stands at a known place.</summary>
    public bool IsFixed => Kind is TemplateSlotKind.Timestamp or TemplateSlotKind.FixedRequestId;
}
