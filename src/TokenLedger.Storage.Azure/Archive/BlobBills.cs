using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>Raw bills as <c>{hash}/{name}</c>, and how they were taken as <c>takings/{hash}/{hints}.json</c>.</summary>
internal sealed class BlobBills(BlobContainerClient bills)
{
    private const string Takings = "takings/";

    public async Task<ArchivedBill> AddAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation)
    {
        var folder = Convert.ToHexStringLower(SHA256.HashData(content.Span)) + "/";
        var held = await FirstAsync(folder, cancellation);
        // First: a bill without it would be taken as of the time of its file.
        if (taking is not null)
        {
            // A bill that was kept before takings were was read when it was kept, not now.
            var isEarlier = held is not null && await FirstAsync(Takings + folder, cancellation) is null;
            var of = isEarlier && held!.Properties.LastModifiedAt is { } keptAt
                ? taking with { ObservedAt = keptAt }
                : taking;
            await PutAsync(Takings + folder + BillTakingFile.NameOf(of), BillTakingFile.Create(of), cancellation);
        }

        if (held is not null)
            return new ArchivedBill("bills/" + held.Name, IsNew: false);
        var blob = folder + BlobNames.Segment(name);
        return new ArchivedBill("bills/" + blob, await PutAsync(blob, content, cancellation));
    }

    public async IAsyncEnumerable<HeldBill> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? last = null;
        await foreach (var blob in bills.ListAsync("", itemsPerPage: null, cancellation))
        {
            var slash = blob.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || blob.Name.StartsWith(Takings, StringComparison.Ordinal))
                continue;
            var hash = blob.Name[..slash];
            // The first name of the same bytes, as when they are added.
            if (string.Equals(hash, last, StringComparison.Ordinal))
                continue;
            last = hash;
            yield return new HeldBill(
                ArchivePath.Decode(blob.Name[(slash + 1)..]),
                blob.Properties.LastModifiedAt ?? DateTimeOffset.UnixEpoch,
                await TakingsOfAsync(hash, cancellation), token => ReadAsync(blob.Name, token));
        }
    }

    private async Task<BlobItem?> FirstAsync(string prefix, CancellationToken cancellation)
    {
        await foreach (var blob in bills.ListAsync(prefix, itemsPerPage: 1, cancellation))
            return blob;
        return null;
    }

    private async Task<IReadOnlyList<BillTaking>> TakingsOfAsync(string hash, CancellationToken cancellation)
    {
        var takings = new List<BillTaking>();
        await foreach (var blob in bills.ListAsync($"{Takings}{hash}/", itemsPerPage: null, cancellation))
        {
            if (BillTakingFile.Parse((await ReadAsync(blob.Name, cancellation)).Span) is { } taking)
                takings.Add(taking);
        }

        return takings;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string name, CancellationToken cancellation)
    {
        var got = await bills.GetAsync(name, cancellationToken: cancellation);
        if (!got.IsDone)
            throw new LedgerUnusableException($"Blob {name} of container {bills.Name} cannot be read: {got.Outcome}.");
        await using var content = got.Value.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    // Whether it was not there; the name holds the hash, so whoever was quicker wrote the same.
    private async Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await using var stream = new MemoryStream(content.ToArray(), writable: false);
        var put = await bills.PutAsync(name, stream, new BlobPutOptions { CreateOnly = true }, cancellation);
        return put.Outcome switch
        {
            StorageOutcome.Done => true,
            StorageOutcome.AlreadyExists => false,
            _ => throw new LedgerUnusableException(
                $"Container {bills.Name} answered {put.Outcome}: start the program again."),
        };
    }
}
