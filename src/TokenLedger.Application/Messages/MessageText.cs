using System.Text;

namespace TokenLedger.Application.Messages;

/// <summary>The JSON of a message as a queue gives it: plain or Base64.</summary>
/// <remarks>
/// Event Grid wrote plain text in January 2021 and Base64 in December 2022 (azure-docs 69702, 102923); people's own
/// tools do either.
/// </remarks>
public static class MessageText
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The JSON; the text itself when it is neither.</summary>
    public static string Decode(string text)
    {
        var trimmed = text.Trim().TrimStart('\uFEFF');
        if (IsJson(trimmed))
            return trimmed;
        var bytes = new byte[trimmed.Length];
        if (!Convert.TryFromBase64String(trimmed, bytes, out var length))
            return text;
        try
        {
            var decoded = Strict.GetString(bytes, 0, length).Trim().TrimStart('\uFEFF');
            return IsJson(decoded) ? decoded : text;
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    private static bool IsJson(string text) => text.StartsWith('{') || text.StartsWith('[');
}
