using System.Buffers;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Reads the plain majority of records without a JSON tokenizer: one flat object of printable ASCII without escapes,
/// with whole token counts. On anything else it says so, and <see cref="JsonRecordReader"/> reads that line.
/// </summary>
/// <remarks>It never rejects, and accepts no line that is not valid JSON: a test lets both readers read the same mutants.</remarks>
internal static class FlatRecordScanner
{
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Where(letter => letter != '\\').Select(letter => (byte)letter)]);

    /// <summary>Reads a line without surrounding blanks; false leaves <paramref name="draft"/> undefined.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, TextPool texts, ref RecordDraft draft)
    {
        if (line.Length < 2 || line[0] != '{' || line[^1] != '}' || line.ContainsAnyExcept(PlainBytes))
            return false;
        var at = SkipSpaces(line, 1);
        while (at < line.Length && line[at] == '"')
        {
            var name = line[(at + 1)..];
            var nameLength = name.IndexOf((byte)'"');
            if (nameLength < 0)
                return false;
            name = name[..nameLength];
            at = SkipSpaces(line, at + nameLength + 2);
            if (at >= line.Length || line[at] != ':')
                return false;
            at = SkipSpaces(line, at + 1);
            if (at >= line.Length || !TryReadValue(line, ref at, RecordFields.Find(name), texts, ref draft))
                return false;
            at = SkipSpaces(line, at);
            if (at >= line.Length)
                return false;
            if (line[at] == '}')
                return at == line.Length - 1;
            if (line[at] != ',')
                return false;
            at = SkipSpaces(line, at + 1);
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

    // JSON's grammar without sign and exponent: no leading zero, digits on both sides of a point.
    private static bool TryReadNumber(ReadOnlySpan<byte> rest, ref int at, RecordField field, ref RecordDraft draft)
    {
        const int DigitsMax = 18;
        long digits = 0;
        var length = 0;
        var scale = 0;
        for (; length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9'; length++)
        {
            if (length == DigitsMax)
                return false;
            digits = (digits * 10) + (rest[length] - '0');
        }

        if (length > 1 && rest[0] == '0')
            return false;
        if (length < rest.Length && rest[length] == '.')
        {
            for (length++; length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9'; length++, scale++)
            {
                if (length > DigitsMax)
                    return false;
                digits = (digits * 10) + (rest[length] - '0');
            }

            if (scale == 0)
                return false;
        }

        at += length;
        return TryTakeNumber(field, digits, scale, ref draft);
    }

    private static bool TryTakeNumber(RecordField field, long digits, int scale, ref RecordDraft draft)
    {
        switch (field)
        {
            case RecordField.Ignored:
                return true;
            case RecordField.AiCreditsThisResponse:
                var credits = new decimal(
                    unchecked((int)digits), unchecked((int)(digits >> 32)), 0, isNegative: false, (byte)scale);
                draft.Record.AiCreditsThisResponse = credits;
                return credits <= TokenNumber.AiCreditsMax;
            case RecordField.Status:
                draft.Record.Status = unchecked((int)digits);
                return scale == 0 && RecordValues.IsBilledStatus(digits);
            case RecordField.DurationMilliseconds:
                draft.Record.DurationMilliseconds = digits;
                return scale == 0 && digits <= RecordValues.DurationMillisecondsMax;
            case RecordField.InputTokens or RecordField.OutputTokens or RecordField.CacheReadTokens
                or RecordField.CacheWriteTokens or RecordField.ReasoningTokens:
                if (scale != 0 || digits > TokenNumber.CountMax)
                    return false;
                draft.SetCount(field, digits);
                return true;
            default:
                return false;
        }
    }

    private static int SkipSpaces(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
        return at;
    }
}
