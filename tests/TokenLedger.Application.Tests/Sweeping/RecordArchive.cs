using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Sweeping;

/// <summary>An archive that knows which records it was given.</summary>
internal sealed class RecordArchive : ILogArchive
{
    private readonly HashSet<(long RunId, int Attempt)> records = [];

    public Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation) =>
        Task.FromResult(records.Add((run.RunId, run.Attempt)));

    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation) =>
        throw NotAsked();

    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation) => throw NotAsked();

    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("A sweep only adds records.");
}
