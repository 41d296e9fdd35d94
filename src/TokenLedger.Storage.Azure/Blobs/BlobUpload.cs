using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>Sends a stream as one blob, with at most one block of it in memory.</summary>
/// <remarks>
/// 1. What fits into a block is sent in one request. 2. Otherwise blocks are sent one by one and then committed: only
/// the commit makes the blob, so readers see the old one or the new one. Conditions are those of the commit.
/// </remarks>
internal sealed class BlobUpload(StorageService service, string path, BlobPutOptions options)
{
    private const string Operation = "put a blob";

    // Two uploads of one blob must not take each other's blocks for their own.
    private readonly Guid uploadId = Guid.NewGuid();

    public async Task<StorageResult<ETag>> SendAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes(content)];
        var read = await ReadAsync(content, buffer, cancellationToken).ConfigureAwait(false);
        if (read < buffer.Length)
            return await PutAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);

        var blockIds = new List<string>();
        while (read > 0)
        {
            if (blockIds.Count == BlobLimits.BlocksMax)
                throw new ArgumentException($"A blob has at most {BlobLimits.BlocksMax} blocks.", nameof(content));
            var id = BlockId(blockIds.Count);
            var outcome = await PutBlockAsync(id, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            if (outcome != StorageOutcome.Done)
                return new(outcome);
            blockIds.Add(id);
            read = await ReadAsync(content, buffer, cancellationToken).ConfigureAwait(false);
        }

        return await CommitAsync(blockIds, cancellationToken).ConfigureAwait(false);
    }

    // One byte more than is left, so that a small stream is seen to end within the buffer.
    private static int BufferBytes(Stream content) => content.CanSeek
        ? (int)Math.Clamp(content.Length - content.Position + 1, 1, BlobLimits.BlockBytes)
        : BlobLimits.BlockBytes;

    private static ValueTask<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken) =>
        content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);

    // All ids of a blob have the same length; the service takes them as Base64.
    private string BlockId(int index) => Convert.ToBase64String(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{uploadId:N}-{index:D5}")));

    private async Task<StorageResult<ETag>> PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var message = service.Message(RequestMethod.Put, path);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        BlobHeaders.Write(message.Request, options);
        SetBody(message, bytes, "application/octet-stream");
        return await FinishAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private Task<StorageOutcome> PutBlockAsync(
        string id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var message = service.Message(RequestMethod.Put, path, ("comp", "block"), ("blockid", id));
        if (options.LeaseId is { } lease)
            message.Request.Headers.SetValue("x-ms-lease-id", lease);
        SetBody(message, bytes, "application/octet-stream");
        return service.OutcomeAsync(message, Operation, cancellationToken);
    }

    private async Task<StorageResult<ETag>> CommitAsync(List<string> blockIds, CancellationToken cancellationToken)
    {
        var message = service.Message(RequestMethod.Put, path, ("comp", "blocklist"));
        BlobHeaders.Write(message.Request, options);
        var list = new XElement("BlockList", blockIds.Select(id => new XElement("Uncommitted", id)));
        SetBody(message, XmlBody.Write(list), "application/xml");
        return await FinishAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StorageResult<ETag>> FinishAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        var response = await service.SendAsync(message, Operation, cancellationToken).ConfigureAwait(false);
        return service.Judge(response, Operation) switch
        {
            StorageOutcome.Done => new(response.Headers.ETag ?? default),
            // A single put and a commit name the same refusal differently.
            StorageOutcome.ConditionNotMet when options.CreateOnly => new(StorageOutcome.AlreadyExists),
            var outcome => new(outcome),
        };
    }

    private static void SetBody(HttpMessage message, ReadOnlyMemory<byte> bytes, string contentType)
    {
        message.Request.Headers.SetValue("Content-Type", contentType);
        message.Request.Content = RequestContent.Create(bytes);
    }
}
