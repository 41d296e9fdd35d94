using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>The lease of one blob: whoever holds it alone may write the blob.</summary>
public sealed class BlobLeaseClient
{
    private readonly StorageService service;
    private readonly string path;

    internal BlobLeaseClient(StorageService service, string path)
    {
        this.service = service;
        this.path = path;
    }

    /// <param name="duration">15 to 60 seconds, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The lease's id, LeaseNotHeld when somebody has it, or NotFound.</returns>
    public async Task<StorageResult<string>> AcquireAsync(
        TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var isInfinite = duration == Timeout.InfiniteTimeSpan;
        if (!isInfinite && (duration < BlobLimits.LeaseMin || duration > BlobLimits.LeaseMax))
            throw new ArgumentOutOfRangeException(nameof(duration), "A lease lasts 15 to 60 seconds, or for ever.");
        // An id of ours: an attempt that is repeated after a lost answer gets the same lease again.
        var id = Guid.NewGuid().ToString("D");
        var message = Message("acquire", null);
        message.Request.Headers.SetValue("x-ms-proposed-lease-id", id);
        message.Request.Headers.SetValue("x-ms-lease-duration", isInfinite ? "-1" : HeaderNumbers.Seconds(duration));
        var outcome = await service.OutcomeAsync(message, "acquire a lease", cancellationToken).ConfigureAwait(false);
        return outcome == StorageOutcome.Done ? new(id) : new(outcome);
    }

    /// <returns>Done, LeaseNotHeld or NotFound. So for every method below.</returns>
    public Task<StorageOutcome> RenewAsync(string leaseId, CancellationToken cancellationToken = default) =>
        service.OutcomeAsync(Message("renew", leaseId), "renew a lease", cancellationToken);

    public Task<StorageOutcome> ReleaseAsync(string leaseId, CancellationToken cancellationToken = default) =>
        service.OutcomeAsync(Message("release", leaseId), "release a lease", cancellationToken);

    /// <summary>Takes the lease from whoever holds it, at once.</summary>
    public Task<StorageOutcome> BreakAsync(CancellationToken cancellationToken = default)
    {
        var message = Message("break", null);
        message.Request.Headers.SetValue("x-ms-lease-break-period", "0");
        return service.OutcomeAsync(message, "break a lease", cancellationToken);
    }

    private HttpMessage Message(string action, string? leaseId)
    {
        var message = service.Message(RequestMethod.Put, path, ("comp", "lease"));
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        if (leaseId is not null)
            message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        return message;
    }
}
