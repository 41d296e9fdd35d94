using System.Text.Encodings.Web;
using System.Text.Json;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Providers.Webhooks;

/// <summary>The bodies of incoming webhooks. What comes from outside is plain text in them.</summary>
internal static class WebhookPayload
{
    // Teams refuses cards over 28 KB; Slack cuts at 40,000 characters.
    private const int TextLengthMax = 8_000;

    /// <summary>
    /// What Slack's incoming webhooks take (documentation, 2026-10): <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are
    /// control characters, and nothing else is markup with <c>mrkdwn</c> off.
    /// </summary>
    public static byte[] Slack(AlertEvent told) => JsonOf(writer =>
    {
        var text = string.Join('\n', LinesOf(told).Select(line => line
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)));
        writer.WriteString("text"u8, text);
        writer.WriteBoolean("mrkdwn"u8, false);
        writer.WriteBoolean("unfurl_links"u8, false);
    });

    /// <summary>
    /// What a Teams workflow takes: a message with an adaptive card. Its text runs know no Markdown, where text blocks
    /// do (Adaptive Cards 1.2).
    /// </summary>
    public static byte[] Teams(AlertEvent told) => JsonOf(writer =>
    {
        writer.WriteString("type"u8, "message"u8);
        writer.WriteStartArray("attachments"u8);
        writer.WriteStartObject();
        writer.WriteString("contentType"u8, "application/vnd.microsoft.card.adaptive"u8);
        writer.WriteStartObject("content"u8);
        writer.WriteString("$schema"u8, "http://adaptivecards.io/schemas/adaptive-card.json"u8);
        writer.WriteString("type"u8, "AdaptiveCard"u8);
        writer.WriteString("version"u8, "1.4"u8);
        writer.WriteStartArray("body"u8);
        var isTitle = true;
        foreach (var line in LinesOf(told))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "RichTextBlock"u8);
            writer.WriteStartArray("inlines"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "TextRun"u8);
            writer.WriteString("text"u8, line);
            if (isTitle)
                writer.WriteString("weight"u8, "Bolder"u8);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            isTitle = false;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static IEnumerable<string> LinesOf(AlertEvent told)
    {
        yield return SafeText.ForTerminal(told.Title);
        var left = TextLengthMax;
        foreach (var line in told.Lines.Select(SafeText.ForTerminal))
        {
            left -= line.Length;
            if (left < 0)
                break;
            yield return line;
        }

        if (told.Link is { } link)
            yield return link.AbsoluteUri;
        yield return $"TokenLedger alert {told.Id()}";
    }

    private static byte[] JsonOf(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
