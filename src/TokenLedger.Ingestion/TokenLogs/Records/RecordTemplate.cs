namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// The lines that differ from one record only in time, id, counts and ignored values. A proxy writes few templates,
/// so most of a line need only be compared, not read.
/// </summary>
/// <remarks>
/// Learned from a line that <see cref="FlatRecordScanner"/> accepted. Literal text is equal byte by byte and every
/// slot takes only what the scanner takes there, so a line that matches is one that the scanner accepts alike.
/// </remarks>
internal sealed class RecordTemplate
{
    private const int UuidLength = 36;
    private const int SmallSetLengthMax = 32;

    private readonly TemplateSlot[] slots;
    private readonly byte[] end;
    private readonly int headLength;
    private readonly int headSlots;
    private readonly LastDate dates = new();
    private RecordDraft draft;

    private RecordTemplate(TemplateSlot[] slots, byte[] end, in RecordDraft learned)
    {
        this.slots = slots;
        this.end = end;
        draft = learned;
        while (headSlots < slots.Length && slots[headSlots].IsFixed)
            headLength += slots[headSlots].Before.Length + slots[headSlots++].Length;
    }

    /// <summary>Learns from a line and the draft that the scanner made of it.</summary>
    public static RecordTemplate Learn(ReadOnlySpan<byte> line, in RecordDraft draft)
    {
        var found = new List<TemplateSlot>();
        var literalStart = 0;
        var at = 1;
        while (TryFindValue(line, ref at, out var field, out var start, out var length))
        {
            if (KindOf(line.Slice(start, length), field) is not { } kind)
                continue;
            var quote = line[start] == '"' ? 1 : 0;
            found.Add(new TemplateSlot(
                line[literalStart..(start + quote)].ToArray(), kind, field, length - quote - quote));
            literalStart = start + length - quote;
        }

        return new RecordTemplate([.. found], line[literalStart..].ToArray(), draft);
    }

    /// <summary>
    /// The line read last. One draft for all of them: the literal text of a template fills in the same every time,
    /// and every slot of it is filled in by every line.
    /// </summary>
    public ref RecordDraft Draft => ref draft;

    /// <summary>Reads the line that a text starts with; false leaves <see cref="Draft"/> undefined.</summary>
    /// <param name="text">The line and what follows it: no slot and no literal reaches over the end of a line.</param>
    /// <param name="length">The length of the line; that the text ends there, or a line end stands there, is the
    /// caller's to check.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (!HasHead(text))
            return false;
        // A template without an id was given its last line's hash.
        draft.Record.RequestIdHash = UInt128.Zero;
        var rest = text;
        foreach (ref readonly var slot in slots.AsSpan())
        {
            if (!rest.StartsWith(slot.Before))
                return false;
            rest = rest[slot.Before.Length..];
            var taken = Take(slot, rest);
            if (taken < 0)
                return false;
            rest = rest[taken..];
        }

        length = text.Length - rest.Length + end.Length;
        return rest.StartsWith(end);
    }

    // What stands behind the slots of fixed length tells templates apart before anything is read.
    private bool HasHead(ReadOnlySpan<byte> line)
    {
        if (line.Length <= headLength)
            return false;
        var next = headSlots < slots.Length ? slots[headSlots].Before : end;
        return line[headLength..].StartsWith(next);
    }

    private int Take(in TemplateSlot slot, ReadOnlySpan<byte> rest)
    {
        switch (slot.Kind)
        {
            case TemplateSlotKind.Timestamp:
                if (rest.Length < slot.Length || !dates.TryParse(rest[..slot.Length], out var timestamp))
                    return -1;
                draft.Record.Timestamp = timestamp;
                return slot.Length;
            case TemplateSlotKind.FixedRequestId:
                if (rest.Length < slot.Length || !PlainText.IsString(rest[..slot.Length]))
                    return -1;
                draft.Record.RequestIdHash = RequestIdentity.OfRequest(rest[..slot.Length]);
                return slot.Length;
            case TemplateSlotKind.FreeRequestId:
                var idLength = PlainText.StringLength(rest);
                if (idLength <= 0)
                    return -1;
                draft.Record.RequestIdHash = RequestIdentity.OfRequest(rest[..idLength]);
                return idLength;
            case TemplateSlotKind.IgnoredText:
                return PlainText.StringLength(rest);
            case TemplateSlotKind.IgnoredNested:
                return PlainNested.Length(rest) is var nested and > 0 ? nested : -1;
            default:
                var length = PlainNumber.Read(rest, out var number);
                return length > 0 && TryTakeNumber(slot, number) ? length : -1;
        }
    }

    private bool TryTakeNumber(in TemplateSlot slot, PlainNumber number) =>
        slot.Kind == TemplateSlotKind.IgnoredNumber
        || FlatRecordScanner.TryTakeNumber(slot.Field, number, ref draft);

    private static TemplateSlotKind? KindOf(ReadOnlySpan<byte> value, RecordField field) => (field, value[0]) switch
    {
        (RecordField.Timestamp, _) => TemplateSlotKind.Timestamp,
        (RecordField.RequestId, _) => value.Length == UuidLength + 2
            ? TemplateSlotKind.FixedRequestId
            : TemplateSlotKind.FreeRequestId,
        (RecordField.Ignored, (byte)'"') => IsOfSmallSet(value) ? null : TemplateSlotKind.IgnoredText,
        (RecordField.Ignored, (byte)'{' or (byte)'[') => TemplateSlotKind.IgnoredNested,
        (RecordField.Ignored, >= (byte)'0' and <= (byte)'9') => TemplateSlotKind.IgnoredNumber,
        (RecordField.DurationMilliseconds, _) => TemplateSlotKind.Duration,
        (RecordField.AiCreditsThisResponse, _) => TemplateSlotKind.AiCredits,
        (RecordField.InputTokens or RecordField.OutputTokens or RecordField.CacheReadTokens
            or RecordField.CacheWriteTokens or RecordField.ReasoningTokens, _) => TemplateSlotKind.Count,
        _ => null,
    };

    // "agent", "default", "concrete_model": worth a template each. Times, versions and ids have digits.
    private static bool IsOfSmallSet(ReadOnlySpan<byte> text) =>
        text.Length <= SmallSetLengthMax && !text.ContainsAnyInRange((byte)'0', (byte)'9');

    // The line is plain and valid, so quotes, colons and commas are where they must be.
    private static bool TryFindValue(
        ReadOnlySpan<byte> line, ref int at, out RecordField field, out int start, out int length)
    {
        (field, start, length) = (RecordField.Ignored, 0, 0);
        var nameStart = line[at..].IndexOf((byte)'"') + at + 1;
        if (nameStart <= at)
            return false;
        var nameEnd = line[nameStart..].IndexOf((byte)'"') + nameStart;
        field = RecordFields.Find(line[nameStart..nameEnd]);
        start = line[nameEnd..].IndexOf((byte)':') + nameEnd + 1;
        start += line[start..].IndexOfAnyExcept((byte)' ');
        length = line[start] switch
        {
            (byte)'"' => line[(start + 1)..].IndexOf((byte)'"') + 2,
            (byte)'{' or (byte)'[' => PlainNested.Length(line[start..]),
            _ => line[start..].IndexOfAny((byte)',', (byte)'}', (byte)' '),
        };
        at = start + length;
        return true;
    }
}
