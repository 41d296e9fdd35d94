using System.Globalization;
using TokenLedger.Application.Archiving;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>The runs below a folder <c>{host}/{owner}/{repo}/{runId}</c>.</summary>
internal sealed class FolderRuns(string root)
{
    public IEnumerable<RunIdentity> Read() =>
        from host in Below(root)
        from owner in Below(host)
        from name in Below(owner)
        from run in Below(name)
        let id = long.TryParse(Path.GetFileName(run), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : (long?)null
        let identity = RunIdentity.Of(NameOf(host), $"{NameOf(owner)}/{NameOf(name)}", id, attempt: 1)
        where identity is not null
        select identity;

    private static string NameOf(string folder) => ArchivePath.Decode(Path.GetFileName(folder));

    private static IEnumerable<string> Below(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        : [];
}
