namespace TokenLedger.Application.Ports;

/// <summary>How the archive's own puts are told from everybody else's in events about blobs.</summary>
/// <remarks>
/// The <c>x-ms-client-request-id</c> of a put, an opaque text of at most 1 KiB, comes back in the event as
/// <c>data.clientRequestId</c> (Azure's documentation, 2025-10). The field is optional: an event without it is somebody
/// else's. Whoever writes it into a put of theirs only makes their upload wait for the run's next fold.
/// </remarks>
public static class OwnPut
{
    private const string Prefix = "tokenledger-archive-";

    /// <summary>The request id of one put.</summary>
    public static string RequestId(Guid id) => Prefix + id.ToString("D");

    /// <summary>Whether an event's request id is that of a put of the archive's own.</summary>
    public static bool Is(string? clientRequestId) =>
        clientRequestId?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true;
}
