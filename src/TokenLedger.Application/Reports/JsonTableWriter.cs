using System.Text;
using System.Text.Json;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>Writes one table as JSON: exact numbers, unknown null, every column in every row.</summary>
public static class JsonTableWriter
{
    /// <summary>Writes <c>{"schema": …, "rows": […]}</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="schema">The document's schema name.</param>
    /// <param name="table">The table.</param>
    public static void Write(TextWriter output, string schema, Table table)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", schema);
            writer.WriteStartArray("rows");
            foreach (var row in table.Rows)
                WriteRow(writer, table, row);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.ToArray()));
        output.Write('\n');
    }

    private static void WriteRow(Utf8JsonWriter writer, Table table, IReadOnlyList<Cell> row)
    {
        writer.WriteStartObject();
        for (var i = 0; i < row.Count; i++)
        {
            writer.WritePropertyName(table.Columns[i].Key);
            if (row[i].Text is { } text)
                writer.WriteStringValue(text);
            else if (row[i].Number is { } number)
                writer.WriteNumberValue(ExactDecimalConverter.Trim(number));
            else
                writer.WriteNullValue();
        }

        writer.WriteEndObject();
    }
}
