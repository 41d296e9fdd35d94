using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>A blob that was created in a run's archive.</summary>
/// <param name="Run">The run attempt that its path names.</param>
/// <param name="UploadName">The first folder, zip or file below the attempt.</param>
public sealed record UploadedLog(RunIdentity Run, string UploadName)
{
    /// <summary>The blob in the version of the event, as the archive's marks name it; null when it says none.</summary>
    public string? MarkItem { get; init; }

    /// <summary>The archive's container.</summary>
    public const string Container = "run-logs";

    private const string ContainersPrefix = "/blobServices/default/containers/";
    private const string BlobsInfix = "/blobs/";

    /// <summary>What a message says. Never throws for what is in it.</summary>
    /// <param name="text">
    /// The message as the queue holds it: an event in Event Grid's or the CloudEvents schema, or an array of one;
    /// plain, in Base64, or as a JSON string.
    /// </param>
    public static UploadedLogReading Read(string text)
    {
        if (BlobEvent.Read(text) is not { } read)
            return Refused(UploadedLogFault.NoEvent);
        if (!read.IsBlobCreated)
            return Refused(UploadedLogFault.OtherEvent);
        var subject = read.Subject;
        if (!subject.StartsWith(ContainersPrefix + Container + BlobsInfix, StringComparison.Ordinal))
            return Refused(UploadedLogFault.OtherContainer);
        if (OwnPut.Is(read.ClientRequestId))
            return Refused(UploadedLogFault.OwnRecord);
        return OfPath(subject[(ContainersPrefix.Length + Container.Length + BlobsInfix.Length)..], read.ETag);
    }

    private static UploadedLogReading OfPath(string path, string? version)
    {
        // Host, owner, name, run id, attempt, upload, and whatever is below the upload.
        var parts = path.Split('/', 7);
        if (parts is not [var host, var owner, var name, var run, var attempt, { Length: > 0 } upload, ..])
            return Refused(UploadedLogFault.NoRun);
        if (parts is [.., WorkflowRunFile.UploadName, WorkflowRunFile.FileName])
            return Refused(UploadedLogFault.OwnRecord);
        var (decodedOwner, decodedName) = (Uri.UnescapeDataString(owner), Uri.UnescapeDataString(name));
        if (Number(run) is not { } runId || Number(attempt) is not { } number
            || RunIdentity.Of(Uri.UnescapeDataString(host), $"{decodedOwner}/{decodedName}", runId, number)
                is not { } identity)
            return Refused(UploadedLogFault.NoRun);
        // Blob names tell upper from lower case, and the archive's folders are lower case.
        var folders = $"{Uri.UnescapeDataString(host)}/{identity.Repository}";
        return string.Equals(folders, folders.ToLowerInvariant(), StringComparison.Ordinal)
            ? new UploadedLogReading(
                new UploadedLog(identity, Uri.UnescapeDataString(upload))
                {
                    MarkItem = version is null ? null : ArchiveMark.ItemOf(path, version),
                },
                null)
            : new UploadedLogReading(null, UploadedLogFault.NotLowerCase, path);
    }

    // As the archive writes numbers: no sign, no leading zero.
    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal)
            ? number
            : null;

    private static UploadedLogReading Refused(UploadedLogFault fault) => new(null, fault);
}
