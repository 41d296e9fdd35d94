using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>Rows as the service writes and reads them.</summary>
internal static class TableEntityJson
{
    public static ReadOnlyMemory<byte> Write(TableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", entity.PartitionKey);
            json.WriteString("RowKey", entity.RowKey);
            foreach (var (name, value) in entity.Columns)
                Write(json, name, value);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <param name="row">An object of an answer.</param>
    /// <param name="columns">What to read of it; missing and null columns are left out.</param>
    /// <param name="tag">The version from a header; null to take it from the row, where it may be missing.</param>
    /// <exception cref="InvalidDataException">A column is not of the kind that the caller expects.</exception>
    public static TableEntity Read(JsonElement row, TableColumns columns, ETag? tag = null)
    {
        if (tag is null && row.TryGetProperty("odata.etag", out var written))
            tag = new ETag(written.GetString()!);
        var entity = new TableEntity(Key(row, "PartitionKey"), Key(row, "RowKey")) { ETag = tag };
        foreach (var (name, kind) in columns)
        {
            if (row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                entity[name] = Read(name, kind, value);
        }

        return entity;
    }

    private static string Key(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.GetString()! : throw new InvalidDataException(
            $"The service sent a row without {name}.");

    private static void Write(Utf8JsonWriter json, string name, TableValue value)
    {
        switch (value.Kind)
        {
            case TableColumnKind.Text:
                json.WriteString(name, value.AsText());
                break;
            case TableColumnKind.Int32:
                json.WriteNumber(name, value.AsInt32());
                break;
            case TableColumnKind.Boolean:
                json.WriteBoolean(name, value.AsBoolean());
                break;
            case TableColumnKind.Int64:
                Annotate(json, name, "Edm.Int64");
                json.WriteString(name, value.AsInt64().ToString(CultureInfo.InvariantCulture));
                break;
            case TableColumnKind.Double:
                Annotate(json, name, "Edm.Double");
                WriteDouble(json, name, value.AsDouble());
                break;
            case TableColumnKind.Instant:
                Annotate(json, name, "Edm.DateTime");
                json.WriteString(name, InstantText.Of(value.AsInstant()));
                break;
            case TableColumnKind.Binary:
                Annotate(json, name, "Edm.Binary");
                json.WriteBase64String(name, value.AsBinary());
                break;
            case TableColumnKind.Guid:
                Annotate(json, name, "Edm.Guid");
                json.WriteString(name, value.AsGuid());
                break;
            default:
                throw new InvalidOperationException($"Kind {value.Kind} cannot be written.");
        }
    }

    private static void Annotate(Utf8JsonWriter json, string name, string type) =>
        json.WriteString(name + "@odata.type", type);

    // JSON has no word for the infinite; the service takes the text.
    private static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        if (double.IsFinite(value))
            json.WriteRawValue(DoubleText.Of(value));
        else
            json.WriteStringValue(DoubleText.Of(value));
    }

    private static TableValue Read(string name, TableColumnKind kind, JsonElement value)
    {
        try
        {
            return kind switch
            {
                TableColumnKind.Text => value.GetString(),
                TableColumnKind.Int32 => value.GetInt32(),
                TableColumnKind.Int64 => ReadInt64(value),
                TableColumnKind.Boolean => value.GetBoolean(),
                TableColumnKind.Double => ReadDouble(value),
                TableColumnKind.Instant => DateTimeOffset.Parse(
                    value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                TableColumnKind.Binary => value.GetBytesFromBase64(),
                TableColumnKind.Guid => value.GetGuid(),
                _ => throw new InvalidOperationException($"Kind {kind} cannot be read."),
            };
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"Column {name} is not of kind {kind}.", failure);
        }
    }

    // Without metadata a 64-bit integer comes as text; as a number if it was written as a 32-bit one.
    private static long ReadInt64(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : value.GetInt64();

    private static double ReadDouble(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? double.Parse(value.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
        : value.GetDouble();
}
