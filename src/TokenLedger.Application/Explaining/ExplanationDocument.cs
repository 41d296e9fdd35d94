using System.Text.Json;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Explaining;

/// <summary>A figure explained, as <c>tokenledger/explanation/v1</c>.</summary>
/// <param name="Subject">What was asked about.</param>
/// <param name="PricesHash">The hash of the prices that estimates were made with.</param>
/// <param name="Root">The tree, within its bounds.</param>
public sealed record ExplanationDocument(ExplanationSubject Subject, string PricesHash, ExplanationNode Root)
{
    /// <summary>The name of the document's form.</summary>
    public const string SchemaName = "tokenledger/explanation/v1";

    /// <summary>
    /// The document as UTF-8 JSON: exact numbers, unknown null; a figure that a node does not tell of is left out.
    /// </summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", SchemaName);
            writer.WriteStartObject("subject");
            writer.WriteString("kind", WireNames.Of(Subject.Kind));
            writer.WriteString("name", Subject.Name);
            writer.WriteEndObject();
            writer.WriteString("pricesHash", PricesHash);
            writer.WritePropertyName("root");
            Write(writer, Root);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, ExplanationNode node)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", WireNames.Of(node.Kind));
        writer.WriteString("label", node.Label);
        writer.WriteBoolean("part", node.IsPart);
        writer.WriteStartObject("figures");
        if (node.Figures.TellsEstimate)
            Write(writer, "estimatedAiCredits", node.Figures.EstimatedAiCredits);
        if (node.Figures.TellsBill)
        {
            Write(writer, "billedAiCredits", node.Figures.BilledAiCredits);
            Write(writer, "billedGrossUsd", node.Figures.BilledGrossUsd);
            Write(writer, "billedNetUsd", node.Figures.BilledNetUsd);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("facts");
        foreach (var fact in node.Facts)
            writer.WriteString(fact.Name, fact.Text);
        writer.WriteEndObject();
        writer.WriteStartArray("children");
        foreach (var child in node.Children)
            Write(writer, child);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } known)
            writer.WriteNumber(name, ExactDecimalConverter.Trim(known));
        else
            writer.WriteNull(name);
    }
}
