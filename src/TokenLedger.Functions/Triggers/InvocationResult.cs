using System.Text.Json;

namespace TokenLedger.Functions.Triggers;

/// <summary>The body that the Functions host is answered with, whatever the status.</summary>
/// <remarks>
/// Never empty, <c>null</c> or 204: with a success status the host then waits until the function's time-out (host 2024
/// and 2025/26, measured 2026-11).
/// </remarks>
internal static class InvocationResult
{
    public const string ContentType = "application/json; charset=utf-8";

    // The host keeps log lines in memory until the invocation ends.
    private const int LogCharactersMax = 1_000;

    /// <summary>The body, without outputs: those are written over REST.</summary>
    /// <param name="log">One line for the host's log; no content of a message.</param>
    public static byte[] Of(string log)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("Outputs");
            writer.WriteEndObject();
            writer.WriteStartArray("Logs");
            writer.WriteStringValue(log.Length <= LogCharactersMax ? log : log[..LogCharactersMax]);
            writer.WriteEndArray();
            writer.WriteNull("ReturnValue");
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
