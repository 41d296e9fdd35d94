using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TokenLedger.Storage.Azure.Blobs;

namespace TokenLedger.Testing.FunctionsHost.EventGrid;

/// <summary>Event Grid's <c>Microsoft.Storage.BlobCreated</c> in its own schema, one event a message.</summary>
public static class BlobCreatedEvent
{
    private const string Topic =
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/tokenledger/providers/"
        + "Microsoft.Storage/storageAccounts/";

    // As the service does: nothing but what must be is escaped.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="account">Its blob endpoint.</param>
    /// <param name="container">Its name.</param>
    /// <param name="blob">As listed.</param>
    /// <param name="id">Of the event, the same in every copy.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="clientRequestId">What the put called itself; null: the event does not say.</param>
    public static string Json(
        Uri account, string container, BlobItem blob, Guid id, DateTimeOffset at, string? clientRequestId = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("topic", Topic + account.Segments[^1].Trim('/'));
            json.WriteString("subject", $"/blobServices/default/containers/{container}/blobs/{blob.Name}");
            json.WriteString("eventType", "Microsoft.Storage.BlobCreated");
            json.WriteString("id", id);
            WriteData(json, account, container, blob, id, clientRequestId);
            json.WriteString("dataVersion", "");
            json.WriteString("metadataVersion", "1");
            json.WriteString("eventTime", at.UtcDateTime);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteData(
        Utf8JsonWriter json, Uri account, string container, BlobItem blob, Guid id, string? clientRequestId)
    {
        json.WriteStartObject("data");
        json.WriteString("api", "PutBlob");
        if (clientRequestId is not null)
            json.WriteString("clientRequestId", clientRequestId);
        json.WriteString("requestId", id);
        json.WriteString("eTag", blob.Properties.ETag.ToString());
        json.WriteString("contentType", blob.Properties.ContentType);
        json.WriteNumber("contentLength", blob.Properties.LengthBytes);
        json.WriteString("blobType", "BlockBlob");
        json.WriteString("url", $"{account.AbsoluteUri.TrimEnd('/')}/{container}/{Encoded(blob.Name)}");
        json.WriteString("sequencer", "00000000000000000000000000000001");
        json.WriteEndObject();
    }

    private static string Encoded(string blob) => string.Join('/', blob.Split('/').Select(Uri.EscapeDataString));
}
