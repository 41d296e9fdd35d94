using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>
/// Writes JSON answers with their length, so that a proxy need not chunk them; an artifact is written as it is made.
/// </summary>
internal static class ResponseJson
{
    public const string ContentType = "application/json; charset=utf-8";

    public static Task WriteJsonAsync<T>(
        this HttpResponse response, T value, JsonTypeInfo<T> type, string contentType = ContentType) =>
        response.WriteBytesAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), contentType);

    public static async Task WriteBytesAsync(
        this HttpResponse response, ReadOnlyMemory<byte> bytes, string contentType = ContentType)
    {
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }
}
