using System.Text.Json;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Finds the answers in a JSON file: one, an array, one per line, or wrapped with the address they came from.</summary>
internal ref struct JsonAnswers(ReadOnlySpan<byte> content, BillLog log)
{
    private static readonly JsonReaderOptions Options =
        new() { MaxDepth = BillLimits.JsonDepth, AllowMultipleValues = true };

    private readonly ReadOnlySpan<byte> content = content;
    private readonly List<JsonAnswer> answers = [];
    private LineCursor lines = new(content);
    private int start;
    private bool isFull;

    /// <summary>The answers, those cut short too.</summary>
    public List<JsonAnswer> Read()
    {
        while (start < content.Length && !isFull)
        {
            var reader = new Utf8JsonReader(content[start..], Options);
            try
            {
                ReadAll(ref reader);
                break;
            }
            catch (JsonException)
            {
                // The message of the exception may quote the text; the line is enough.
                var broken = start + (int)reader.BytesConsumed;
                if (answers.Count > 0 && !answers[^1].IsCut)
                    answers[^1].IsCut = true;
                log.Reject(lines.LineOf(broken), null, BillCodes.MalformedJson,
                    "The JSON is cut off or malformed from here on: fetch the answer again.");
                start = NextAnswerAfter(broken);
            }
        }

        return answers;
    }

    // After a broken answer only a line that starts with a brace is surely the start of another one.
    private readonly int NextAnswerAfter(int broken)
    {
        var next = content[broken..].IndexOf("\n{"u8);
        return next < 0 ? content.Length : broken + next + 1;
    }

    private void ReadAll(ref Utf8JsonReader reader)
    {
        while (reader.Read() && !isFull)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                if (answers.Count == BillLimits.Answers)
                {
                    Overflow(ref reader);
                    return;
                }

                var answer = new JsonAnswer(LineOf(ref reader));
                answers.Add(answer);
                ReadAnswer(ref reader, answer, isWrapped: false);
            }
            else if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray)
                || reader.CurrentDepth > 1)
            {
                log.Problem(LineOf(ref reader), BillCodes.NoUsageItems,
                    "This is no answer of the billing API: expected an object with usageItems.");
                reader.Skip();
            }
        }
    }

    private void ReadAnswer(ref Utf8JsonReader reader, JsonAnswer answer, bool isWrapped)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !isFull)
        {
            var name = Text(ref reader) ?? "";
            reader.Read();
            switch (name)
            {
                case "usageItems" when reader.TokenType == JsonTokenType.StartArray:
                    answer.HasItems = true;
                    ReadItems(ref reader, answer);
                    break;
                case "response" when reader.TokenType == JsonTokenType.StartObject && !isWrapped:
                    ReadAnswer(ref reader, answer, isWrapped: true);
                    break;
                case "timePeriod" when reader.TokenType == JsonTokenType.StartObject:
                    answer.HasTimePeriod = true;
                    ReadTimePeriod(ref reader, answer);
                    break;
                case "costCenter" when reader.TokenType == JsonTokenType.StartObject:
                    ReadCostCenter(ref reader, answer);
                    break;
                case "costCenter" when reader.TokenType == JsonTokenType.String:
                    answer.CostCenter = Text(ref reader);
                    break;
                case "url" when reader.TokenType == JsonTokenType.String:
                    answer.Url = Text(ref reader);
                    break;
                default:
                    ReadEcho(ref reader, answer, name);
                    break;
            }
        }
    }

    private static void ReadEcho(ref Utf8JsonReader reader, JsonAnswer answer, string name)
    {
        var isEcho = name is "organization" or "enterprise" or "user" or "repository" or "product" or "sku" or "model";
        if (isEcho && reader.TokenType == JsonTokenType.String && Text(ref reader) is { } text
            && !string.IsNullOrWhiteSpace(text))
        {
            answer.Echoes[name] = text.Trim();
        }

        reader.Skip();
    }

    private static void ReadTimePeriod(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            int? value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
            switch (name)
            {
                case "year":
                    answer.Year = value;
                    break;
                case "month":
                    answer.Month = value;
                    break;
                case "day":
                    answer.Day = value;
                    break;
            }

            reader.Skip();
        }
    }

    private static void ReadCostCenter(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            var isBest = name is "name" || (name is "id" && answer.CostCenter is null);
            if (isBest && reader.TokenType == JsonTokenType.String)
                answer.CostCenter = Text(ref reader);
            reader.Skip();
        }
    }

    private void ReadItems(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!log.CountRow())
            {
                Overflow(ref reader);
                answer.IsCut = true;
                return;
            }

            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadItem(ref reader, answer);
                continue;
            }

            RejectItem(LineOf(ref reader), "is no object", answer);
            reader.Skip();
        }
    }

    private void ReadItem(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        var cells = new BillCells(LineOf(ref reader));
        string? fault = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            if (reader.ValueSpan.Length > BillLimits.FieldBytes)
                fault ??= "has an over-long text";
            else if (name is null || Scalar(ref reader) is not { } text)
                fault ??= "has a text that is no valid Unicode";
            else if (!cells.TryAdd(BillCells.Fold(name), text))
                fault ??= "names one property twice";
        }

        if (fault is null)
            answer.Items.Add(cells);
        else
            RejectItem(cells.Line, fault, answer);
    }

    private readonly void RejectItem(long line, string fault, JsonAnswer answer)
    {
        log.Reject(line, null, BillCodes.BadJsonRow, $"The usage item {fault}: fetch the answer again.");
        answer.IsCut = true;
    }

    private void Overflow(ref Utf8JsonReader reader)
    {
        isFull = true;
        log.Reject(LineOf(ref reader), null, BillCodes.TooManyRows,
            "The file has more rows or answers than one file may have; the rest was not read: split it by day.");
    }

    private long LineOf(ref Utf8JsonReader reader) => lines.LineOf(start + (int)reader.TokenStartIndex);

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "",
    };

    // Null for a text that is no Unicode, such as half of a surrogate pair.
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
