using System.Text;

namespace TokenLedger.Storage.Azure.Queues;

/// <summary>A message's text on the wire. Writing follows the encoding; reading takes either.</summary>
public static class QueueText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">More than 64 KiB when encoded.</exception>
    public static string Encode(string text, QueueTextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoded = encoding == QueueTextEncoding.Base64
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text))
            : text;
        return Encoding.UTF8.GetByteCount(encoded) <= QueueLimits.MessageBytesMax
            ? encoded
            : throw new ArgumentException(
                $"A message has at most {QueueLimits.MessageBytesMax} bytes (64 KiB) when encoded.", nameof(text));
    }

    /// <summary>The text that Base64 of UTF-8 stands for; otherwise the text itself.</summary>
    /// <remarks>Plain text that happens to be Base64 of readable text cannot be told apart and is decoded.</remarks>
    public static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length == 0 || !Convert.TryFromBase64String(text, bytes, out var length))
            return text;
        try
        {
            var decoded = Strict.GetString(bytes, 0, length);
            var isReadable = !decoded.Any(character => char.IsControl(character) && !char.IsWhiteSpace(character));
            return isReadable ? decoded : text;
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}
