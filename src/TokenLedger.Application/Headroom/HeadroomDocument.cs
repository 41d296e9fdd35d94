using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Headroom;

namespace TokenLedger.Application.Headroom;

/// <summary>An answer as <c>tokenledger/headroom/v1</c>: exact decimals; what is unknown is null.</summary>
/// <param name="Answer">The answer.</param>
public sealed record HeadroomDocument(HeadroomAnswer Answer)
{
    /// <summary>The name of the document's form.</summary>
    public const string SchemaName = "tokenledger/headroom/v1";

    /// <summary>The reason as a sentence that says what to do.</summary>
    public string Message => Answer.Reason switch
    {
        HeadroomReason.WithinBudget => $"The run fits into {Answer.Budget}.",
        HeadroomReason.ThresholdReached => $"The run fits into {Answer.Budget}, of which a threshold is reached.",
        HeadroomReason.UsedUp =>
            $"{Answer.Budget} is used up: raise it with 'tokenledger budgets override', or wait for its next period.",
        HeadroomReason.OverBudget =>
            $"The run is expected to cost more than is left of {Answer.Budget}: use a cheaper model, or raise it with "
            + "'tokenledger budgets override'.",
        HeadroomReason.NotEvaluated =>
            $"{Answer.Budget} was not evaluated in this period yet: run 'tokenledger budgets', or wait an hour.",
        HeadroomReason.Stale =>
            $"{Answer.Budget} was last evaluated hours ago: see 'tokenledger doctor', or run 'tokenledger budgets'.",
        HeadroomReason.Incomplete =>
            $"More may be spent of {Answer.Budget} than is known ({string.Join(", ", Answer.IncompleteReasons)}).",
        HeadroomReason.TooManyReservations =>
            $"{Answer.Budget} holds room for as many runs as can be kept: ask again when some have ended.",
        HeadroomReason.Contended => $"Others kept on deciding about {Answer.Budget}: ask again.",
        var other => throw new InvalidOperationException($"{other} is no reason of headroom."),
    };

    /// <summary>The document as UTF-8 JSON.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        // A shell reads the message line by line: nothing in it is from outside but the budget's name.
        using (var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions
            {
                Indented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", SchemaName);
            writer.WriteString("budget", Answer.Budget);
            writer.WriteString("decision", WireNames.Of(Answer.Verdict));
            writer.WriteStartObject("reason");
            writer.WriteString("code", Answer.Reason);
            writer.WriteString("message", Message);
            writer.WriteEndObject();
            WriteMoney(writer, "limit", Answer.LimitNanoCredits);
            WriteMoney(writer, "spent", Answer.SpentNanoCredits);
            WriteMoney(writer, "reserved", Answer.ReservedNanoCredits);
            WriteMoney(writer, "asked", Answer.AskedNanoCredits);
            WriteMoney(writer, "remaining", Answer.RemainingNanoCredits);
            writer.WriteStartArray("incompleteReasons");
            foreach (var reason in Answer.IncompleteReasons)
                writer.WriteStringValue(reason);
            writer.WriteEndArray();
            WriteReservation(writer);
            WriteTime(writer, "evaluatedAt", Answer.EvaluatedAt);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private void WriteReservation(Utf8JsonWriter writer)
    {
        if (Answer.Reservation is not { } held)
        {
            writer.WriteNull("reservation");
            return;
        }

        writer.WriteStartObject("reservation");
        writer.WriteString("id", held.Id);
        WriteMoney(writer, "reserved", held.NanoCredits);
        writer.WriteString("run", held.Run?.ToString());
        WriteTime(writer, "expiresAt", held.ExpiresAt);
        writer.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter writer, string name, long? nanoCredits)
    {
        writer.WritePropertyName(name + "AiCredits");
        Write(writer, nanoCredits is { } credits ? AiCredits.FromNanoCredits(credits) : null);
        writer.WritePropertyName(name + "Usd");
        Write(writer, nanoCredits is { } usd ? AiCredits.UsdFromNanoCredits(usd) : null);
    }

    private static void Write(Utf8JsonWriter writer, decimal? number)
    {
        if (number is { } known)
            writer.WriteNumberValue(ExactDecimalConverter.Trim(known));
        else
            writer.WriteNullValue();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteString(
                name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
        else
            writer.WriteNull(name);
    }
}
