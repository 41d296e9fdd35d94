using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>A container's list, page after page. A page may be empty and still not the last.</summary>
internal sealed class BlobWalk
{
    // 50 million blobs at the service's own 5000 an answer.
    private const int PagesMax = 10_000;
    private const int ItemsPerPageMax = 5_000;

    private readonly StorageService service;
    private readonly string container;
    private readonly string? prefix;
    private readonly int? itemsPerPage;

    public BlobWalk(StorageService service, string container, string? prefix, int? itemsPerPage)
    {
        if (itemsPerPage is < 1 or > ItemsPerPageMax)
            throw new ArgumentOutOfRangeException(nameof(itemsPerPage), $"A page has 1 to {ItemsPerPageMax} items.");
        this.service = service;
        this.container = container;
        this.prefix = string.IsNullOrEmpty(prefix) ? null : prefix;
        this.itemsPerPage = itemsPerPage;
    }

    public async IAsyncEnumerable<BlobItem> ItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operation = $"list container {container}";
        string? marker = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var message = service.Message(
                RequestMethod.Get,
                $"/{container}",
                ("restype", "container"),
                ("comp", "list"),
                ("include", "metadata"),
                ("prefix", prefix),
                ("maxresults", itemsPerPage is { } items ? HeaderNumbers.Text(items) : null),
                ("marker", marker));
            var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
            if (service.Judge(response, operation) == StorageOutcome.NotFound)
                yield break;
            var list = XmlBody.Read(response);
            foreach (var blob in list.Element("Blobs")?.Elements("Blob") ?? [])
                yield return Item(blob);
            marker = list.Element("NextMarker")?.Value;
            if (string.IsNullOrEmpty(marker))
                yield break;
        }

        throw new InvalidOperationException(
            $"The list of container {container} was not at its end after {PagesMax} answers.");
    }

    private static BlobItem Item(XElement blob)
    {
        var name = blob.Element("Name") ?? throw new InvalidDataException("The service sent a blob without a name.");
        var isEncoded = (string?)name.Attribute("Encoded") is "true";
        var properties = blob.Element("Properties");
        var metadata = (blob.Element("Metadata")?.Elements() ?? [])
            .ToDictionary(
                element => element.Name.LocalName, element => element.Value, StringComparer.OrdinalIgnoreCase);
        return new(isEncoded ? Uri.UnescapeDataString(name.Value) : name.Value, new(
            HeaderNumbers.Read(properties?.Element("Content-Length")?.Value),
            Tag(properties?.Element("Etag")?.Value),
            BlobHeaders.Instant(properties?.Element("Last-Modified")?.Value),
            properties?.Element("Content-Type")?.Value,
            metadata));
    }

    // Lists write the tag without the quotes that a header has.
    private static ETag Tag(string? text) => text switch
    {
        null => default,
        _ when text.StartsWith('"') => new(text.Trim('"')),
        _ => new(text),
    };
}
