using System.Text.Json;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// Finds the answers in a JSON file: one, an array, one per line, or wrapped with the address they came from.
/// </summary>
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
                Fault(lines.LineOf(broken), BillCodes.MalformedJson,
                    "The JSON is cut off or malformed from here on: fetch the answer again.");
                if (answers.Count > 0)
                    answers[^1].IsComplete = true;
                start = NextAnswerAfter(broken);
            }
        }

        return answers;
    }

    // A broken answer may swallow the start of the next line. Only a line that opens an object and is an answer, not a
    // row, is surely a new start: usageItems or has_more stands in it, or nothing but the brace.
    private readonly int NextAnswerAfter(int broken)
    {
        var from = content[..broken].LastIndexOf((byte)'\n');
        for (var at = Math.Max(from, start); at < content.Length; at++)
        {
            var next = content[at..].IndexOf("\n{"u8);
            if (next < 0)
                break;
            at += next;
            var rest = content[(at + 1)..];
            var length = rest.IndexOf((byte)'\n');
            var line = length < 0 ? rest : rest[..length];
            if (line.TrimEnd("\r "u8).Length == 1 || line.IndexOf("\"usageItems\""u8) >= 0
                || line.IndexOf("\"has_more\""u8) >= 0)
                return at + 1;
        }

        return content.Length;
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
                answer.IsComplete = true;
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
            var name = JsonText.Of(ref reader) ?? "";
            reader.Read();
            switch (name)
            {
                case "usageItems" when reader.TokenType == JsonTokenType.StartArray:
                    answer.HasItems = true;
                    ReadItems(ref reader, answer.Items, hasMoney: false);
                    break;
                case "response" when reader.TokenType == JsonTokenType.StartObject && !isWrapped:
                    ReadAnswer(ref reader, answer, isWrapped: true);
                    break;
                case "data" when reader.TokenType == JsonTokenType.StartArray:
                    ReadBuckets(ref reader, answer);
                    break;
                case "has_more" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    answer.HasMore = reader.GetBoolean();
                    break;
                case "next_page" when reader.TokenType == JsonTokenType.String:
                    answer.NextPage = JsonText.Of(ref reader);
                    break;
                case "timePeriod" when reader.TokenType == JsonTokenType.StartObject:
                    answer.HasTimePeriod = true;
                    JsonAnswerHead.ReadTimePeriod(ref reader, answer);
                    break;
                case "costCenter" when reader.TokenType == JsonTokenType.StartObject:
                    JsonAnswerHead.ReadCostCenter(ref reader, answer);
                    break;
                case "costCenter" when reader.TokenType == JsonTokenType.String:
                    answer.CostCenter = JsonText.Of(ref reader);
                    break;
                case "parts" when reader.TokenType == JsonTokenType.Number && !isWrapped:
                    answer.Parts = reader.TryGetInt32(out var parts) ? parts : null;
                    break;
                case "url" when reader.TokenType == JsonTokenType.String:
                    answer.Url = JsonText.Of(ref reader);
                    break;
                default:
                    JsonAnswerHead.ReadEcho(ref reader, answer, name);
                    break;
            }
        }
    }

    private void ReadBuckets(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        if (answer.HasBuckets)
            RejectItem(LineOf(ref reader), "stands under a second data");
        answer.HasBuckets = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && !isFull)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadBucket(ref reader, answer);
                continue;
            }

            RejectItem(LineOf(ref reader), "is no object");
            reader.Skip();
        }
    }

    private void ReadBucket(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        var bucket = new CostBucket(LineOf(ref reader));
        answer.Buckets.Add(bucket);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !isFull)
        {
            var name = JsonText.Of(ref reader);
            reader.Read();
            switch (name)
            {
                case "results" or "model_breakdown" when bucket.HasResults:
                    RejectItem(LineOf(ref reader), "stands under a second results");
                    reader.Skip();
                    break;
                case "results" when reader.TokenType == JsonTokenType.StartArray:
                    bucket.HasResults = true;
                    ReadItems(ref reader, bucket.Items, hasMoney: true);
                    break;
                case "starting_at" when reader.TokenType == JsonTokenType.String:
                    bucket.StartingAt = JsonText.Of(ref reader);
                    break;
                case "date" when reader.TokenType == JsonTokenType.String:
                    bucket.Date = JsonText.Of(ref reader);
                    break;
                case "ending_at" when reader.TokenType == JsonTokenType.String:
                    bucket.EndingAt = JsonText.Of(ref reader);
                    break;
                case "start_time" when reader.TokenType == JsonTokenType.Number:
                    bucket.StartTime = reader.TryGetInt64(out var start) ? start : null;
                    break;
                case "end_time" when reader.TokenType == JsonTokenType.Number:
                    bucket.EndTime = reader.TryGetInt64(out var end) ? end : null;
                    break;
                case "model_breakdown" when reader.TokenType == JsonTokenType.StartArray:
                    bucket.HasResults = true;
                    ReadItems(ref reader, bucket.Items, hasMoney: true);
                    break;
                case "actor" when reader.TokenType == JsonTokenType.StartObject:
                    if (JsonCells.Read(ref reader, bucket.Person, name) is { } fault)
                        RejectItem(bucket.Line, fault);
                    break;
                default:
                    JsonCells.ReadPerson(ref reader, bucket.Person, name);
                    break;
            }
        }

        bucket.NamePersonInItems();
    }

    private void ReadItems(ref Utf8JsonReader reader, List<BillCells> items, bool hasMoney)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!log.CountRow())
            {
                Overflow(ref reader);
                return;
            }

            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadItem(ref reader, items, hasMoney);
                continue;
            }

            RejectItem(LineOf(ref reader), "is no object");
            reader.Skip();
        }
    }

    private void ReadItem(ref Utf8JsonReader reader, List<BillCells> items, bool hasMoney)
    {
        var cells = new BillCells(LineOf(ref reader));
        var fault = JsonCells.Read(ref reader, cells, hasMoney ? "" : null);
        if (fault is null)
            items.Add(cells);
        else
            RejectItem(cells.Line, fault);
    }

    private readonly void RejectItem(long line, string fault) =>
        Fault(line, BillCodes.BadJsonRow, $"The usage item {fault}: fetch the answer again.");

    // A fault inside an answer makes that answer's days incomplete, one between answers none.
    private readonly void Fault(long line, string code, string message)
    {
        if (answers.Count > 0 && !answers[^1].IsComplete)
            answers[^1].Faults.Add(new InputFault(line, code, message));
        else
            log.Problem(line, code, message);
    }

    private void Overflow(ref Utf8JsonReader reader)
    {
        isFull = true;
        Fault(LineOf(ref reader), BillCodes.TooManyRows,
            "The file has more rows or answers than one file may have; the rest was not read: split it by day.");
    }

    private long LineOf(ref Utf8JsonReader reader) => lines.LineOf(start + (int)reader.TokenStartIndex);
}
