using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Testing.InMemory;

/// <summary>Keeps of raw bills their hashes alone, for tests in which no run's evidence is archived.</summary>
public sealed class InMemoryBillArchive : ILogArchive
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var isNew = names.TryAdd(hash, $"bills/{hash}/{name}");
        return Task.FromResult(new ArchivedBill(names[hash], isNew));
    }

    /// <inheritdoc/>
    public Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
