using System.Globalization;
using Azure;
using Azure.Core;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>Properties and metadata as headers.</summary>
internal static class BlobHeaders
{
    private const string MetadataPrefix = "x-ms-meta-";

    public static void Write(Request request, BlobPutOptions options)
    {
        // The pipeline writes it into the header.
        if (options.ClientRequestId is { } id)
            request.ClientRequestId = id;
        request.Headers.SetValue("x-ms-blob-content-type", options.ContentType);
        foreach (var (name, value) in options.Metadata)
            request.Headers.SetValue(MetadataPrefix + name, value);
        if (options.CreateOnly)
            request.Headers.SetValue("If-None-Match", "*");
        if (options.IfMatch is { } tag)
            request.Headers.SetValue("If-Match", tag.ToString("H"));
        if (options.LeaseId is { } lease)
            request.Headers.SetValue("x-ms-lease-id", lease);
    }

    public static BlobProperties Read(Response response)
    {
        var metadata = response.Headers
            .Where(header => header.Name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(
                header => header.Name[MetadataPrefix.Length..],
                header => header.Value,
                StringComparer.OrdinalIgnoreCase);
        response.Headers.TryGetValue("Last-Modified", out var modified);
        return new(
            Length(response),
            response.Headers.ETag ?? default,
            Instant(modified),
            response.Headers.ContentType,
            metadata);
    }

    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;

    // Content-Range of a part ends in "/whole"; Content-Length is then the part's.
    private static long Length(Response response) => response.Headers.TryGetValue("Content-Range", out var range)
        ? HeaderNumbers.Read(range[(range.LastIndexOf('/') + 1)..])
        : HeaderNumbers.Read(response.Headers.TryGetValue("Content-Length", out var length) ? length : null);
}
