using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Archiving;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Blobs;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>
/// Where evidence lies in <c>run-logs</c>: <see cref="ArchivePath"/>'s encoding within a blob name's limits.
/// </summary>
internal static class BlobNames
{
    private const int DigestCharacters = 32;

    /// <summary><c>{host}/{owner}/{repo}/{runId}/</c>, under which all attempts lie.</summary>
    /// <remarks>Lower case, because GitHub's names are one in any case; blob names are not.</remarks>
    public static string RunPrefix(RunIdentity run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Lower(run.Host)}/{Lower(run.Owner)}/{Lower(run.RepositoryName)}/{run.RunId}/");

    /// <summary>The run that a whole name lies under, with attempt 1; null where it lies under none.</summary>
    public static RunIdentity? RunOf(string name) =>
        name.Split('/', 5) is [var host, var owner, var repository, var run, _]
            && long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? RunIdentity.Of(
                ArchivePath.Decode(host), $"{ArchivePath.Decode(owner)}/{ArchivePath.Decode(repository)}", id, 1)
            : null;

    /// <summary>The path of evidence below its upload.</summary>
    public static string EvidencePath(string path) =>
        string.Join('/', ArchivePath.Encode(path).Split('/').Select(Closed));

    public static string Segment(string name) => Closed(ArchivePath.EncodeSegment(name));

    /// <summary>A whole name; where it is too long, a digest stands for the folders above the file.</summary>
    public static string Of(string runPrefix, int attempt, string upload, string evidencePath)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"{runPrefix}{attempt}/{upload}/");
        var name = folder + evidencePath;
        if (name.Length <= BlobLimits.NameCharactersMax)
            return name;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(evidencePath)));
        return $"{folder}{digest[..DigestCharacters]}/{evidencePath[(evidencePath.LastIndexOf('/') + 1)..]}";
    }

    /// <summary>The attempt that a name below the run's prefix begins with; null where it begins otherwise.</summary>
    public static int? AttemptOf(string relative)
    {
        var slash = relative.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && int.TryParse(relative[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            && attempt >= 1
                ? attempt
                : null;
    }

    private static string Lower(string name) => Segment(name.ToLowerInvariant());

    // The service drops dots at the end of a segment.
    private static string Closed(string segment) => segment.EndsWith('.') ? segment[..^1] + "%2E" : segment;
}
