using System.Text.Json;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads the properties of one JSON object as the cells of a row.</summary>
internal static class JsonCells
{
    // Money may be an object, and so may counts. Nothing else below a row is read.
    private static readonly string[] Nested = ["amount", "cache_creation", "tokens", "estimated_cost"];

    // What Anthropic says of a person beside the rows of one.
    private static readonly string[] OfPerson =
        ["customer_type", "subscription_type", "terminal_type", "is_remote", "organization_id"];

    /// <summary>Reads an object to its end; what is wrong with it, or null.</summary>
    /// <param name="reader">At the object's start.</param>
    /// <param name="cells">Where its properties go.</param>
    /// <param name="prefix">
    /// What stands before every name: <c>amount.value</c> is the cell <c>amountvalue</c>. With none, empty or null,
    /// some objects below are read too; with null, none is.
    /// </param>
    public static string? Read(ref Utf8JsonReader reader, BillCells cells, string? prefix)
    {
        string? fault = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref reader);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject && prefix is ""
                && Nested.Contains(name, StringComparer.Ordinal))
            {
                var below = Read(ref reader, cells, name);
                fault ??= below;
                continue;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            if (reader.ValueSpan.Length > BillLimits.FieldBytes)
                fault ??= "has an over-long text";
            else if (name is null || JsonText.OfScalar(ref reader) is not { } text)
                fault ??= "has a text that is no valid Unicode";
            else if (!cells.TryAdd(BillCells.Fold(prefix + name), text))
                fault ??= "names one property twice";
        }

        return fault;
    }

    /// <summary>Takes one property of a person's row, and passes over any other.</summary>
    public static void ReadPerson(ref Utf8JsonReader reader, BillCells person, string? name)
    {
        if (OfPerson.Contains(name, StringComparer.Ordinal) && reader.ValueSpan.Length <= BillLimits.FieldBytes
            && reader.TokenType is JsonTokenType.String or JsonTokenType.True or JsonTokenType.False
            && JsonText.OfScalar(ref reader) is { } text)
            person.TryAdd(BillCells.Fold(name!), text);
        else
            reader.Skip();
    }
}
