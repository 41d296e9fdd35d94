using System.Buffers;
using System.Text.Json;

namespace TokenLedger.Providers.Http;

/// <summary>
/// An answer as it is kept: beside the address, which tells endpoint, account and day, and the time of asking.
/// </summary>
/// <param name="Url">The address asked, without a secret.</param>
/// <param name="Body">One JSON object, as it came.</param>
internal readonly record struct StoredAnswer(Uri Url, ReadOnlyMemory<byte> Body)
{
    /// <summary>The name of the cost centre asked for, where the answer does not echo it.</summary>
    public string? CostCenter { get; init; }

    /// <summary>Of how many answers the whole bill is made; null when this one is whole by itself.</summary>
    public int? Parts { get; init; }

    /// <summary>The bytes of a file with one answer, or with several.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="requestedAt">When they were asked for, UTC.</param>
    public static ReadOnlyMemory<byte> ToFile(IReadOnlyList<StoredAnswer> answers, DateTimeOffset requestedAt)
    {
        var bytes = new ArrayBufferWriter<byte>(answers.Sum(answer => answer.Body.Length + 512));
        using (var writer = new Utf8JsonWriter(bytes))
        {
            if (answers.Count > 1)
                writer.WriteStartArray();
            foreach (var answer in answers)
                answer.Write(writer, requestedAt);
            if (answers.Count > 1)
                writer.WriteEndArray();
        }

        return bytes.WrittenMemory;
    }

    private void Write(Utf8JsonWriter writer, DateTimeOffset requestedAt)
    {
        writer.WriteStartObject();
        writer.WriteString("url"u8, Url.AbsoluteUri);
        writer.WriteString("requestedAt"u8, requestedAt.UtcDateTime);
        if (CostCenter is not null)
            writer.WriteString("costCenter"u8, CostCenter);
        if (Parts is { } parts)
            writer.WriteNumber("parts"u8, parts);
        writer.WritePropertyName("response"u8);
        writer.WriteRawValue(Body.Span);
        writer.WriteEndObject();
    }
}
