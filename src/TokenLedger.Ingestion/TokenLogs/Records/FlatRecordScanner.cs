namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Reads the plain majority of records without a JSON tokenizer: one object of printable ASCII without escapes, with
/// whole token counts and nothing nested but what is ignored. On anything else it says so, and
/// <see cref="JsonRecordReader"/> reads that line.
/// </summary>
/// <remarks>
/// It never rejects, and accepts no line that is not valid JSON: a test lets both readers read the same mutants.
/// </remarks>
internal static class FlatRecordScanner
{
    /// <summary>Reads a line without surrounding blanks; false leaves <paramref name="draft"/> undefined.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, TextPool texts, ref RecordDraft draft)
    {
        if (line.Length < 2 || line[0] != '{' || line[^1] != '}' || !PlainText.IsLine(line))
            return false;
        var at = PlainText.SkipSpaces(line, 1);
        while (at < line.Length && line[at] == '"')
        {
            var name = line[(at + 1)..];
            var nameLength = name.IndexOf((byte)'"');
            if (nameLength < 0)
                return false;
            name = name[..nameLength];
            at = PlainText.SkipSpaces(line, at + nameLength + 2);
            if (at >= line.Length || line[at] != ':')
                return false;
            at = PlainText.SkipSpaces(line, at + 1);
            if (at >= line.Length || !TryReadValue(line, ref at, RecordFields.Find(name), texts, ref draft))
                return false;
            at = PlainText.SkipSpaces(line, at);
            if (at >= line.Length)
                return false;
            if (line[at] == '}')
                return at == line.Length - 1;
            if (line[at] != ',')
                return false;
            at = PlainText.SkipSpaces(line, at + 1);
        }

        return false;
    }

    private static bool TryReadValue(
        ReadOnlySpan<byte> line, ref int at, RecordField field, TextPool texts, ref RecordDraft draft)
    {
        var rest = line[at..];
        switch (rest[0])
        {
            case (byte)'"':
                var text = rest[1..];
                var length = text.IndexOf((byte)'"');
                at += length + 2;
                return length >= 0 && TryTakeText(field, text[..length], texts, ref draft);
            case (byte)'t' when rest.StartsWith("true"u8):
                at += 4;
                return TryTakeFlag(field, true, ref draft);
            case (byte)'f' when rest.StartsWith("false"u8):
                at += 5;
                return TryTakeFlag(field, false, ref draft);
            case (byte)'n' when rest.StartsWith("null"u8):
                at += 4;
                return field == RecordField.Ignored;
            case >= (byte)'0' and <= (byte)'9':
                return TryReadNumber(rest, ref at, field, ref draft);
            case (byte)'{' or (byte)'[' when field == RecordField.Ignored:
                var nested = PlainNested.Length(rest);
                at += nested;
                return nested > 0;
            default:
                return false;
        }
    }

    private static bool TryTakeText(
        RecordField field, ReadOnlySpan<byte> text, TextPool texts, ref RecordDraft draft)
    {
        switch (field)
        {
            case RecordField.Ignored:
                return true;
            case RecordField.Timestamp:
                if (!UtcTimestamp.TryParse(text, out var timestamp))
                    return false;
                draft.Record.Timestamp = timestamp;
                return draft.HasTimestamp = true;
            case RecordField.RequestId:
                if (text.IsEmpty)
                    return false;
                draft.Record.RequestIdHash = RequestIdentity.OfRequest(text);
                return true;
            case RecordField.Event:
                draft.Record.Event = texts.Get(text);
                draft.IsOtherEvent = !text.SequenceEqual(RecordValues.UsageEvent);
                return true;
            case RecordField.Schema:
                return text.StartsWith(RecordValues.SchemaPrefix);
            case RecordField.Purpose or RecordField.Provider or RecordField.Model or RecordField.Path
                or RecordField.DynamicSelector or RecordField.ServiceTier:
                if (text.Length > RecordValues.NameLengthMax)
                    return false;
                draft.SetText(field, texts.Get(text));
                return true;
            default:
                return false;
        }
    }

    private static bool TryTakeFlag(RecordField field, bool value, ref RecordDraft draft)
    {
        if (field == RecordField.Streaming)
            draft.Record.Streaming = value;
        return field is RecordField.Streaming or RecordField.Ignored;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> rest, ref int at, RecordField field, ref RecordDraft draft)
    {
        var length = PlainNumber.Read(rest, out var number);
        at += length;
        return length > 0 && TryTakeNumber(field, number, ref draft);
    }

    /// <summary>Takes a number for a field; false when the field wants another.</summary>
    public static bool TryTakeNumber(RecordField field, PlainNumber number, ref RecordDraft draft)
    {
        switch (field)
        {
            case RecordField.Ignored:
                return true;
            case RecordField.AiCreditsThisResponse:
                draft.Record.AiCreditsThisResponse = number.Value;
                // The digits are at least the value, and compared faster.
                return number.Digits <= TokenNumber.AiCreditsMax || number.Value <= TokenNumber.AiCreditsMax;
            case RecordField.Status:
                draft.Record.Status = unchecked((int)number.Digits);
                return number.Scale == 0 && RecordValues.IsBilledStatus(number.Digits);
            case RecordField.DurationMilliseconds:
                draft.Record.DurationMilliseconds = number.Digits;
                return number.Scale == 0 && number.Digits <= RecordValues.DurationMillisecondsMax;
            case RecordField.InputTokens or RecordField.OutputTokens or RecordField.CacheReadTokens
                or RecordField.CacheWriteTokens or RecordField.ReasoningTokens:
                if (number.Scale != 0 || number.Digits > TokenNumber.CountMax)
                    return false;
                draft.SetCount(field, number.Digits);
                return true;
            default:
                return false;
        }
    }
}
