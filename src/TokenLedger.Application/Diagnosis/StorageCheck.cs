using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Whether the ledger can be opened and written, and has room.</summary>
/// <param name="facts">What was seen of it.</param>
/// <param name="storage">The storage; null when it could not be opened, or is not there yet.</param>
/// <param name="time">The clock.</param>
public sealed class StorageCheck(StorageFacts facts, ILedgerStorage? storage, TimeProvider time) : ICheck
{
    private const string Unusable = "TL1011";
    private const string NoLedger = "TL1012";
    private const string Incomplete = "TL1013";
    private const string NotWritable = "TL1014";
    private const string LittleSpace = "TL1015";

    private const string ProbeMark = "doctor/probe";

    // A month of a large organisation's raw files; and what SQLite itself needs to go on.
    private const long SpaceWanted = 1L << 30;
    private const long SpaceNeeded = 100L << 20;

    /// <inheritdoc/>
    public string Name => "Storage";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        var results = new List<CheckResult> { Opened() };
        if (storage is not null)
            results.Add(await WrittenAsync(storage, cancellation));
        if (facts.FreeBytes is { } free)
            results.Add(Space(free));
        return results;
    }

    private CheckResult Opened()
    {
        if (facts.Failure is { } failure)
        {
            return CheckResult.Problem(
                Name, facts.Place, Unusable, $"It cannot be used: {failure.TrimEnd('.')}.",
                facts.Kind == StorageKind.Azure
                    ? "Check TokenLedger:Storage:Azure, the network, and the roles of whoever runs this: Storage Blob "
                        + "Data Owner, Storage Queue Data Contributor, Storage Table Data Contributor."
                    : "Name another file with --ledger, or mend the path, its permissions and the disk.");
        }

        if (facts.Missing.Count > 0)
        {
            return CheckResult.Warning(
                Name, facts.Place, Incomplete, $"Missing: {string.Join(", ", facts.Missing)}.",
                "Start the service, or any command that fills the ledger: what is missing is made then.");
        }

        if (!facts.Exists)
        {
            return CheckResult.Warning(
                Name, facts.Place, NoLedger, "There is no ledger yet.",
                "It is made by the first 'tokenledger ingest' or 'tokenledger serve'; or name another with --ledger.");
        }

        var version = facts.SchemaVersion is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"; tables of version {number}")
            : "";
        return CheckResult.Ok(Name, facts.Place, $"Opened{version}.");
    }

    private async Task<CheckResult> WrittenAsync(ILedgerStorage opened, CancellationToken cancellation)
    {
        try
        {
            await opened.Checkpoints.SetAsync(new Checkpoint(ProbeMark, time.GetUtcNow()), cancellation);
            await opened.Checkpoints.RemoveAsync(ProbeMark, cancellation);
            return CheckResult.Ok(Name, "writing", "A mark was written and taken away again.");
        }
#pragma warning disable CA1031 // Each storage has failures of its own, and they all mean the same here.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return CheckResult.Problem(
                Name, "writing", NotWritable, $"Nothing can be written: {failure.Message.TrimEnd('.')}.",
                facts.Kind == StorageKind.Azure
                    ? "Give whoever runs this the role Storage Table Data Contributor on the account."
                    : "Make the file and its folder writable for whoever runs this, and see that nobody holds it.");
        }
    }

    private CheckResult Space(long free)
    {
        var seen = string.Create(CultureInfo.InvariantCulture, $"{free / (decimal)(1 << 30):#,##0.0} GiB left.");
        const string fix = "Make room, or move the ledger and its folder .files to a larger disk.";
        return free < SpaceNeeded ? CheckResult.Problem(Name, "disk", LittleSpace, seen, fix)
            : free < SpaceWanted ? CheckResult.Warning(Name, "disk", LittleSpace, seen, fix)
            : CheckResult.Ok(Name, "disk", seen);
    }
}
