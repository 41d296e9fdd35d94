using System.Globalization;
using System.Runtime.CompilerServices;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>
/// The raw files in two containers: <c>run-logs</c>, where users may put files too, and <c>bills</c>.
/// </summary>
/// <remarks>
/// Nothing is overwritten: a name is taken once. What another process adds at the same moment may be kept twice, under
/// two names; the fold takes the same bytes once.
/// </remarks>
public sealed class BlobLogArchive : ILogArchive, IArchiveWalk
{
    /// <summary>The metadata in which the archive notes the hash of what it has put there itself.</summary>
    internal const string HashMetadata = "sha256";

    // More versions of one path than any run has; a hostile input ends here instead of filling the account.
    private const int VersionsMax = 1000;

    private readonly BlobContainerClient runLogs;
    private readonly BlobContainerClient bills;

    internal BlobLogArchive(BlobContainerClient runLogs, BlobContainerClient bills)
    {
        this.runLogs = runLogs;
        this.bills = bills;
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation)
    {
        var prefix = BlobNames.RunPrefix(run);
        var sha256 = await EvidenceStream.HashAsync(file, cancellation);
        var path = BlobNames.EvidencePath(file.Path);
        for (var turn = 0; turn < VersionsMax; turn++)
        {
            var held = await HeldAsync(prefix, cancellation);
            if (held.Any(blob => IsSame(blob, prefix, run.Attempt, path, sha256)))
                return false;
            var name = FreeName(held, prefix, run.Attempt, BlobNames.Segment(uploadName), path);
            await using var content = EvidenceStream.Open(file, sha256);
            if (await TryPutAsync(name, content, Noted(sha256), cancellation))
                return true;
            // Another process took the name: perhaps with the same bytes.
        }

        throw TooManyVersions(prefix);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation)
    {
        var prefix = BlobNames.RunPrefix(run);
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var blob in runLogs.ListAsync(prefix, itemsPerPage: null, cancellation))
        {
            if (blob.Name[prefix.Length..].Split('/', 3) is [var attempt, var upload, _]
                && BlobNames.AttemptOf(attempt + "/") is not null)
                names.Add(ArchivePath.Decode(upload));
        }

        return names;
    }

    /// <inheritdoc/>
    public async Task<bool> AddRecordAsync(
        RunIdentity run, string uploadName, EvidenceFile record, CancellationToken cancellation)
    {
        var name = BlobNames.Of(
            BlobNames.RunPrefix(run), run.Attempt, BlobNames.Segment(uploadName), BlobNames.EvidencePath(record.Path));
        var sha256 = await EvidenceStream.HashAsync(record, cancellation);
        var metadata = Noted(sha256);
        await NotedContent.AddAsync(metadata, record, sha256, cancellation);
        await using var content = EvidenceStream.Open(record, sha256);
        // The first of its name, most often: what else there is need not be listed.
        return await TryPutAsync(name, content, metadata, cancellation)
            || await AddAsync(run, uploadName, record, cancellation);
    }

    /// <inheritdoc/>
    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation) =>
        OpenAsync(run, mark: null, cancellation)!;

    /// <inheritdoc/>
    public Task<ArchivedRun?> OpenUnlessAsync(RunIdentity run, string? mark, CancellationToken cancellation) =>
        OpenAsync(run, mark, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunIdentity> ReadRunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        RunIdentity? last = null;
        // In order of names, so that the files of a run come one after the other.
        await foreach (var blob in runLogs.ListAsync("", itemsPerPage: null, cancellation))
        {
            if (BlobNames.RunOf(blob.Name) is { } run && run != last)
                yield return last = run;
        }
    }

    /// <inheritdoc/>
    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) =>
        new BlobBills(bills).AddAsync(name, content, taking, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldBill> ReadBillsAsync(CancellationToken cancellation) =>
        new BlobBills(bills).ReadAsync(cancellation);

    private Task<ArchivedRun?> OpenAsync(RunIdentity run, string? mark, CancellationToken cancellation) =>
        new RunDownload(runLogs).OpenAsync(BlobNames.RunPrefix(run), mark, cancellation);

    private static Dictionary<string, string> Noted(string sha256) =>
        new(StringComparer.Ordinal) { [HashMetadata] = sha256 };

    // False when the name is taken.
    private async Task<bool> TryPutAsync(
        string name, Stream content, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellation)
    {
        var options = new BlobPutOptions
        {
            CreateOnly = true,
            Metadata = metadata,
            // Whoever adds a file folds the run or queues that: the event of the put asks for nothing.
            ClientRequestId = OwnPut.RequestId(Guid.NewGuid()),
        };
        return (await runLogs.PutAsync(name, content, options, cancellation)).Outcome switch
        {
            StorageOutcome.Done => true,
            StorageOutcome.NotFound => throw new LedgerUnusableException(
                $"Container {runLogs.Name} is not there: start the program again."),
            _ => false,
        };
    }

    private async Task<Dictionary<string, BlobItem>> HeldAsync(string prefix, CancellationToken cancellation) =>
        await runLogs.ListAsync(prefix, itemsPerPage: null, cancellation)
            .ToDictionaryAsync(blob => blob.Name, StringComparer.Ordinal, cancellation);

    // Under any upload: {attempt}/{upload}/{path}.
    private static bool IsSame(
        KeyValuePair<string, BlobItem> blob, string prefix, int attempt, string path, string sha256)
    {
        var parts = blob.Key[prefix.Length..].Split('/', 3);
        if (parts.Length != 3 || BlobNames.AttemptOf(parts[0] + "/") != attempt
            || !blob.Value.Properties.Metadata.TryGetValue(HashMetadata, out var held)
            || !string.Equals(held, sha256, StringComparison.Ordinal))
            return false;
        return string.Equals(blob.Key, BlobNames.Of(prefix, attempt, parts[1], path), StringComparison.Ordinal);
    }

    private static string FreeName(
        Dictionary<string, BlobItem> held, string prefix, int attempt, string upload, string path)
    {
        for (var version = 1; version <= VersionsMax; version++)
        {
            var suffix = version == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{version}");
            var name = BlobNames.Of(prefix, attempt, upload + suffix, path);
            if (!held.ContainsKey(name))
                return name;
        }

        throw TooManyVersions(prefix);
    }

    private static LedgerUnusableException TooManyVersions(string prefix) => new(
        $"{prefix} holds {VersionsMax} versions of one file: remove what you do not need and ingest again.");
}
