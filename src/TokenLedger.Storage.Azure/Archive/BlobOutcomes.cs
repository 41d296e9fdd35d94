using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>What GitHub told of pull requests, in the container <c>outcomes</c>.</summary>
public sealed class BlobOutcomes : IOutcomeArchive
{
    private readonly BlobContainerClient container;

    internal BlobOutcomes(BlobContainerClient container)
    {
        this.container = container;
    }

    /// <inheritdoc/>
    public async Task<bool> AddAsync(OutcomePlace place, OutcomeFact fact, CancellationToken cancellation)
    {
        var bytes = OutcomeFactFile.Create(fact);
        await using var content = new MemoryStream(bytes, writable: false);
        var put = await container.PutAsync(
            $"{place.Path}/{OutcomeFactFile.NameOf(bytes)}", content, new BlobPutOptions { CreateOnly = true },
            cancellation);
        return put.Outcome switch
        {
            StorageOutcome.Done => true,
            StorageOutcome.AlreadyExists => false,
            _ => throw new LedgerUnusableException(
                $"Container {container.Name} answered {put.Outcome}: start the program again."),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutcomeFact>> ReadAsync(OutcomePlace place, CancellationToken cancellation)
    {
        var facts = new List<OutcomeFact>();
        await foreach (var blob in container.ListAsync(place.Path + "/", itemsPerPage: null, cancellation))
        {
            if (OutcomeFactFile.Parse(await ReadAsync(blob.Name, cancellation)) is { } fact)
                facts.Add(fact);
        }

        return facts;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<OutcomePlace> ReadPlacesAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        OutcomePlace? last = null;
        // In order of names, so that the facts of a place come one after the other.
        await foreach (var blob in container.ListAsync("", itemsPerPage: null, cancellation))
        {
            var slash = blob.Name.LastIndexOf('/');
            if (slash > 0 && OutcomePlace.OfPath(blob.Name[..slash]) is { } place && place != last)
                yield return last = place;
        }
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken cancellation)
    {
        var got = await container.GetAsync(name, cancellationToken: cancellation);
        if (!got.IsDone)
            throw new LedgerUnusableException(
                $"Blob {name} of container {container.Name} cannot be read: {got.Outcome}.");
        await using var content = got.Value.Content;
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
