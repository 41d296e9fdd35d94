using System.Buffers;
using System.Globalization;
using System.Text;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>The multipart body of a batch: one change set, a request in each part, CRLF throughout.</summary>
internal static class BatchBody
{
    public static ReadOnlyMemory<byte> Write(TableBatch batch, string table, Uri endpoint, Guid id)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        Text(body, $"--batch_{id:D}\r\nContent-Type: multipart/mixed; boundary=changeset_{id:D}\r\n\r\n");
        for (var at = 0; at < batch.Changes.Count; at++)
        {
            Text(body, $"--changeset_{id:D}\r\nContent-Type: application/http\r\n");
            Text(body, "Content-Transfer-Encoding: binary\r\n\r\n");
            Change(body, batch.Changes[at], at, endpoint.AbsoluteUri.TrimEnd('/'), table);
        }

        Text(body, $"--changeset_{id:D}--\r\n--batch_{id:D}--\r\n");
        if (body.WrittenCount > TableLimits.BatchBytesMax)
            throw new ArgumentException(
                $"A batch has at most {TableLimits.BatchBytesMax} bytes (4 MiB).", nameof(batch));
        return body.WrittenMemory;
    }

    private static void Change(ArrayBufferWriter<byte> body, TableChange change, int at, string endpoint, string table)
    {
        Text(body, $"{change.Method.Method} {endpoint}{change.Path(table)} HTTP/1.1\r\n");
        Text(body, string.Create(CultureInfo.InvariantCulture, $"Content-ID: {at + 1}\r\n"));
        Text(body, "Accept: application/json;odata=nometadata\r\nDataServiceVersion: 3.0\r\n");
        if (change.Operation == TableOperation.Insert)
            Text(body, "Prefer: return-no-content\r\n");
        if (change.Condition is { } condition)
            Text(body, $"If-Match: {condition.ToString("H")}\r\n");
        if (change.Operation == TableOperation.Delete)
        {
            Text(body, "\r\n");
            return;
        }

        var json = TableEntityJson.Write(change.Entity).Span;
        Text(body, string.Create(
            CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n"));
        body.Write(json);
        Text(body, "\r\n");
    }

    private static void Text(ArrayBufferWriter<byte> body, string text) => Encoding.UTF8.GetBytes(text, body);
}
