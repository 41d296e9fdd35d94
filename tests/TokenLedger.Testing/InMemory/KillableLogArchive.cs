using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Testing.InMemory;

/// <summary>A real archive whose process may be killed before any call.</summary>
public sealed class KillableLogArchive(ILogArchive archive, KillSwitch kill) : ILogArchive
{
    /// <inheritdoc/>
    public Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation)
    {
        kill.Count();
        return archive.AddAsync(run, uploadName, file, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation)
    {
        kill.Count();
        return archive.ReadUploadNamesAsync(run, cancellation);
    }

    /// <inheritdoc/>
    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation)
    {
        kill.Count();
        return archive.OpenAsync(run, cancellation);
    }

    /// <inheritdoc/>
    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation)
    {
        kill.Count();
        return archive.AddBillAsync(name, content, taking, cancellation);
    }
}
