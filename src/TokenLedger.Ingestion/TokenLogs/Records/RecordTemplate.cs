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
    private readonly RecordDraft learned;
    private readonly LastDate dates = new();

    private RecordTemplate(TemplateSlot[] slots, byte[] end, in RecordDraft learned)
    {
        this.slots = slots;
        this.end = end;
        this.learned = learned;
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

    /// <summary>Reads a line of this template; false leaves <paramref name="draft"/> undefined.</summary>
    public bool TryRead(ReadOnlySpan<byte> line, ref RecordDraft draft)
    {
        if (!HasHead(line))
            return false;
        draft = learned;
        var rest = line;
        foreach (ref readonly var slot in slots.AsSpan())
        {
            if (!rest.StartsWith(slot.Before))
                return false;
            rest = rest[slot.Before.Length..];
            var length = Take(slot, rest, ref draft);
            if (length < 0)
                return false;
            rest = rest[length..];
        }

        return rest.SequenceEqual(end);
    }

    // What stands behind the slots of fixed length tells templates apart before anything is read.
    private bool HasHead(ReadOnlySpan<byte> line)
    {
        if (line.Length <= headLength)
            return false;
        var next = headSlots < slots.Length ? slots[headSlots].Before : end;
        return line[headLength..].StartsWith(next);
    }

    private int Take(in TemplateSlot slot, ReadOnlySpan<byte> rest, ref RecordDraft draft)
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
            default:
                var length = PlainNumber.Read(rest, out var number);
                return length > 0 && TryTakeNumber(slot, number, ref draft) ? length : -1;
        }
    }

    private static bool TryTakeNumber(in TemplateSlot slot, PlainNumber number, ref RecordDraft draft) =>
        slot.Kind == TemplateSlotKind.IgnoredNumber
        || FlatRecordScanner.TryTakeNumber(slot.Field, number, ref draft);

    private static TemplateSlotKind? KindOf(ReadOnlySpan<byte> value, RecordField field) => (field, value[0]) switch
    {
        (RecordField.Timestamp, _) => TemplateSlotKind.Timestamp,
        (RecordField.RequestId, _) => value.Length == UuidLength + 2
            ? TemplateSlotKind.FixedRequestId
            : TemplateSlotKind.FreeRequestId,
        (RecordField.Ignored, (byte)'"') => IsOfSmallSet(value) ? null : TemplateSlotKind.IgnoredText,
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

    // The line is plain, flat and valid, so quotes, colons and commas are where they must be.
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
        length = line[start] == '"'
            ? line[(start + 1)..].IndexOf((byte)'"') + 2
            : line[start..].IndexOfAny((byte)',', (byte)'}', (byte)' ');
        at = start + length;
        return true;
    }
}
