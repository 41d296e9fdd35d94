using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>One container. Limits of the service are checked before anything is sent.</summary>
/// <remarks>
/// Every method throws <see cref="ArgumentException"/> for what the service could not store and
/// <see cref="StorageFailureException"/> for failures that its outcomes do not name.
/// </remarks>
public sealed class BlobContainerClient
{
    private readonly StorageService service;

    internal BlobContainerClient(StorageService service, string name)
    {
        DashedName.Check(name, "container");
        this.service = service;
        Name = name;
    }

    public string Name { get; }

    /// <returns>Done or AlreadyExists.</returns>
    public Task<StorageOutcome> CreateIfMissingAsync(CancellationToken cancellationToken = default) =>
        service.OutcomeAsync(
            service.Message(RequestMethod.Put, $"/{Name}", ("restype", "container")),
            $"create container {Name}",
            cancellationToken);

    /// <summary>Whether the container is there.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        await service.OutcomeAsync(
            service.Message(RequestMethod.Head, $"/{Name}", ("restype", "container")),
            $"look for container {Name}",
            cancellationToken).ConfigureAwait(false) == StorageOutcome.Done;

    /// <summary>Stores a stream from where it stands to its end, in constant memory.</summary>
    /// <returns>The new version, AlreadyExists, ConditionNotMet, LeaseNotHeld, or NotFound: no container.</returns>
    /// <remarks>Without a condition, ConditionNotMet means that another upload of the blob came in between.</remarks>
    public Task<StorageResult<ETag>> PutAsync(
        string blob, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= BlobPutOptions.Default;
        BlobLimits.CheckMetadata(options.Metadata);
        return new BlobUpload(service, BlobPath.Of(Name, blob), options).SendAsync(content, cancellationToken);
    }

    /// <summary>Reads a blob, or a part of it. The caller disposes what it gets.</summary>
    /// <param name="blob">Its name.</param>
    /// <param name="offset">First byte. At or beyond the end the service fails with InvalidRange.</param>
    /// <param name="length">Bytes at most; null: to the end.</param>
    /// <param name="condition">The version it must have; null: any.</param>
    /// <param name="cancellationToken">Ends the request, not the reading of the stream.</param>
    /// <returns>The content, NotFound or ConditionNotMet.</returns>
    public async Task<StorageResult<BlobContent>> GetAsync(
        string blob,
        long offset = 0,
        long? length = null,
        ETag? condition = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 1, 1, nameof(length));
        var operation = $"read a blob of container {Name}";
        // Not in a using: the content that is handed out reads from this message's answer.
        var message = service.Message(RequestMethod.Get, BlobPath.Of(Name, blob));
        message.BufferResponse = false;
        if (offset > 0 || length is not null)
            message.Request.Headers.SetValue("x-ms-range", Range(offset, length));
        if (condition is { } tag)
            message.Request.Headers.SetValue("If-Match", tag.ToString("H"));
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        try
        {
            if (service.Judge(response, operation) is var outcome and not StorageOutcome.Done)
                return new(outcome);
            return new(new BlobContent(message.ExtractResponseContent() ?? Stream.Null, BlobHeaders.Read(response)));
        }
        finally
        {
            message.Dispose();
        }
    }

    /// <returns>What is known of the blob, or NotFound.</returns>
    public async Task<StorageResult<BlobProperties>> PropertiesAsync(
        string blob, CancellationToken cancellationToken = default)
    {
        var operation = $"read properties of a blob of container {Name}";
        var message = service.Message(RequestMethod.Head, BlobPath.Of(Name, blob));
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        return outcome == StorageOutcome.Done ? new(BlobHeaders.Read(response)) : new(outcome);
    }

    public async Task<bool> ExistsAsync(string blob, CancellationToken cancellationToken = default) =>
        (await PropertiesAsync(blob, cancellationToken).ConfigureAwait(false)).IsDone;

    /// <summary>The blobs whose names begin with a prefix, in the order of their names, with metadata.</summary>
    /// <remarks>A container that does not exist has no blobs.</remarks>
    public IAsyncEnumerable<BlobItem> ListAsync(
        string? prefix = null, int? itemsPerPage = null, CancellationToken cancellationToken = default) =>
        new BlobWalk(service, Name, prefix, itemsPerPage).ItemsAsync(cancellationToken);

    /// <returns>Done, NotFound, ConditionNotMet or LeaseNotHeld.</returns>
    public Task<StorageOutcome> DeleteAsync(
        string blob, ETag? condition = null, string? leaseId = null, CancellationToken cancellationToken = default)
    {
        var message = service.Message(RequestMethod.Delete, BlobPath.Of(Name, blob));
        if (condition is { } tag)
            message.Request.Headers.SetValue("If-Match", tag.ToString("H"));
        if (leaseId is not null)
            message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        return service.OutcomeAsync(message, $"delete a blob of container {Name}", cancellationToken);
    }

    /// <summary>The lease of a blob that exists.</summary>
    public BlobLeaseClient Lease(string blob) => new(service, BlobPath.Of(Name, blob));

    private static string Range(long offset, long? length) => length is { } bytes
        ? $"bytes={HeaderNumbers.Text(offset)}-{HeaderNumbers.Text(offset + bytes - 1)}"
        : $"bytes={HeaderNumbers.Text(offset)}-";
}
