using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Reads every record, however it is spelled. The authority on what a line means.</summary>
/// <remarks>A field named twice counts with its last value; null says nothing; unknown fields are ignored.</remarks>
internal static class JsonRecordReader
{
    private const int DepthMax = 64;

    /// <summary>Reads a line without surrounding blanks into an empty draft; a fault is left in the draft.</summary>
    /// <returns>False when the line is no object at all; the draft names the fault.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, TextPool texts, ref RecordDraft draft)
    {
        if (!Utf8.IsValid(line))
        {
            draft.Reject(LineRejection.InvalidUtf8);
            return false;
        }

        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            return TryReadObject(ref reader, texts, ref draft);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape names half a surrogate pair.
            draft.Rejection = LineRejection.NotJson;
            return false;
        }
    }

    private static bool TryReadObject(ref Utf8JsonReader reader, TextPool texts, ref RecordDraft draft)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            while (reader.Read())
            {
                // To the end, because what is not JSON is reported as that.
            }

            draft.Rejection = LineRejection.NotAnObject;
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = RecordFields.Find(TextOf(reader));
            reader.Read();
            if (field != RecordField.Ignored && reader.TokenType != JsonTokenType.Null)
                Take(ref reader, field, texts, ref draft);
            reader.Skip();
        }

        // One more step finds text after the object.
        reader.Read();
        return true;
    }

    private static void Take(ref Utf8JsonReader reader, RecordField field, TextPool texts, ref RecordDraft draft)
    {
        switch (field)
        {
            case RecordField.Schema:
                if (reader.TokenType != JsonTokenType.String || !TextOf(reader).StartsWith(RecordValues.SchemaPrefix))
                    draft.Reject(LineRejection.ForeignSchema);
                break;
            case RecordField.Event:
                var name = reader.TokenType == JsonTokenType.String ? TextOf(reader) : [];
                draft.Record.Event = texts.Get(name);
                draft.IsOtherEvent = !name.SequenceEqual(RecordValues.UsageEvent);
                break;
            case RecordField.Timestamp:
                TakeTimestamp(ref reader, ref draft);
                break;
            case RecordField.RequestId:
                var id = reader.TokenType is JsonTokenType.String or JsonTokenType.Number ? TextOf(reader) : [];
                draft.Record.RequestIdHash = id.IsEmpty ? UInt128.Zero : RequestIdentity.OfRequest(id);
                break;
            case RecordField.Status:
                TakeStatus(ref reader, ref draft);
                break;
            case RecordField.Streaming:
                draft.Record.Streaming = FlagOf(reader);
                break;
            case RecordField.InputTokensIncludeCache:
                draft.Record.InputTokensIncludeCache = FlagOf(reader);
                break;
            case RecordField.DurationMilliseconds:
                TakeDuration(ref reader, ref draft);
                break;
            case RecordField.AiCreditsThisResponse:
                draft.Record.AiCreditsThisResponse =
                    IsScalar(reader) ? TokenNumber.ReadAiCredits(TextOf(reader)) : null;
                break;
            case RecordField.CacheCreation:
                TakeSplit(ref reader, ref draft);
                break;
            case RecordField.Purpose or RecordField.Provider or RecordField.Model or RecordField.Path
                or RecordField.DynamicSelector or RecordField.ServiceTier:
                TakeText(ref reader, field, texts, ref draft);
                break;
            default:
                if (TryReadCount(ref reader, ref draft, out var count))
                    draft.SetCount(field, count);
                break;
        }
    }

    private static void TakeText(ref Utf8JsonReader reader, RecordField field, TextPool texts, ref RecordDraft draft)
    {
        if (reader.TokenType != JsonTokenType.String)
            return;
        var text = texts.Get(TextOf(reader));
        if (text.Length <= RecordValues.NameLengthMax)
            draft.SetText(field, text);
        else if (field == RecordField.Path)
            draft.SetText(field, text[..RecordValues.NameLengthMax]);
        else
            draft.Reject(LineRejection.NameTooLong);
    }

    private static void TakeTimestamp(ref Utf8JsonReader reader, ref RecordDraft draft)
    {
        draft.HasTimestamp = true;
        if (reader.TokenType == JsonTokenType.String && UtcTimestamp.TryParse(TextOf(reader), out var timestamp))
            draft.Record.Timestamp = timestamp;
        else
            draft.Reject(LineRejection.TimestampInvalid);
    }

    private static void TakeStatus(ref Utf8JsonReader reader, ref RecordDraft draft)
    {
        if (IsScalar(reader)
            && TokenNumber.ReadCount(TextOf(reader), out var status) == LineRejection.None
            && RecordValues.IsBilledStatus(status))
        {
            draft.Record.Status = (int)status;
        }
        else
        {
            draft.Reject(LineRejection.StatusNotSuccess);
        }
    }

    // The schema says "number", so a fraction is cut off; an unbelievable duration is unknown and adds nothing.
    private static void TakeDuration(ref Utf8JsonReader reader, ref RecordDraft draft) =>
        draft.Record.DurationMilliseconds = reader.TokenType == JsonTokenType.Number
            && reader.TryGetDecimal(out var milliseconds)
            && milliseconds is >= 0 and <= RecordValues.DurationMillisecondsMax
                ? (long)milliseconds
                : 0;

    private static void TakeSplit(ref Utf8JsonReader reader, ref RecordDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var is5m = reader.ValueTextEquals("ephemeral_5m_input_tokens"u8);
            var is1h = reader.ValueTextEquals("ephemeral_1h_input_tokens"u8);
            reader.Read();
            if ((is5m || is1h) && reader.TokenType != JsonTokenType.Null
                && TryReadCount(ref reader, ref draft, out var count))
            {
                draft.HasSplit = draft.HasTokens = true;
                if (is5m)
                    draft.Split5m = count;
                else
                    draft.Split1h = count;
            }

            reader.Skip();
        }
    }

    private static bool TryReadCount(ref Utf8JsonReader reader, ref RecordDraft draft, out long count)
    {
        count = 0;
        var fault = IsScalar(reader)
            ? TokenNumber.ReadCount(TextOf(reader), out count)
            : LineRejection.TokenCountNotWhole;
        if (fault == LineRejection.None)
            return true;
        draft.Reject(fault);
        return false;
    }

    private static bool IsScalar(in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.String;

    private static bool? FlagOf(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static ReadOnlySpan<byte> TextOf(Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString() ?? "") : reader.ValueSpan;
}
