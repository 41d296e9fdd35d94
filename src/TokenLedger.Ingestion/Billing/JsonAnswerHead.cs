using System.Text.Json;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads what an answer says beside its rows. Each leaves the reader at the end of its value.</summary>
internal static class JsonAnswerHead
{
    public static void ReadEcho(ref Utf8JsonReader reader, JsonAnswer answer, string name)
    {
        var isEcho = name is "organization" or "enterprise" or "user" or "repository" or "product" or "sku" or "model";
        if (isEcho && reader.TokenType == JsonTokenType.String && JsonText.Of(ref reader) is { } text
            && !string.IsNullOrWhiteSpace(text))
        {
            answer.Echoes[name] = text.Trim();
        }

        reader.Skip();
    }

    public static void ReadTimePeriod(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader);
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

    public static void ReadCostCenter(ref Utf8JsonReader reader, JsonAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader);
            reader.Read();
            var isBest = name is "name" || (name is "id" && answer.CostCenter is null);
            if (isBest && reader.TokenType == JsonTokenType.String)
                answer.CostCenter = JsonText.Of(ref reader);
            reader.Skip();
        }
    }
}
