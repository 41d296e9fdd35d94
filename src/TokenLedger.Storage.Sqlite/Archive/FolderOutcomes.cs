using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>What GitHub told of pull requests, in the folder <c>outcomes</c> of the raw files.</summary>
/// <param name="archive">The folder of the raw files.</param>
public sealed class FolderOutcomes(string archive) : IOutcomeArchive
{
    private readonly string root = Path.Combine(Path.GetFullPath(archive), "outcomes");
    private readonly string temporaryFolder = Path.Combine(Path.GetFullPath(archive), ".tmp");

    /// <inheritdoc/>
    public async Task<bool> AddAsync(OutcomePlace place, OutcomeFact fact, CancellationToken cancellation)
    {
        var content = OutcomeFactFile.Create(fact);
        var target = Path.Combine(FolderOf(place), OutcomeFactFile.NameOf(content));
        if (File.Exists(target))
            return false;
        Directory.CreateDirectory(temporaryFolder);
        var temporary = Path.Combine(temporaryFolder, Path.GetRandomFileName());
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // The name is made of the bytes: whoever wins a race wrote the same.
            File.Move(temporary, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutcomeFact>> ReadAsync(OutcomePlace place, CancellationToken cancellation)
    {
        var facts = new List<OutcomeFact>();
        var folder = FolderOf(place);
        if (!Directory.Exists(folder))
            return facts;
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (OutcomeFactFile.Parse(await File.ReadAllBytesAsync(file, cancellation)) is { } fact)
                facts.Add(fact);
        }

        return facts;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OutcomePlace> ReadPlacesAsync(CancellationToken cancellation) =>
        Places().ToAsyncEnumerable();

    private IEnumerable<OutcomePlace> Places()
    {
        if (!Directory.Exists(root))
            return [];
        return Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Replace('\\', '/'))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(OutcomePlace.OfPath)
            .OfType<OutcomePlace>();
    }

    // Hosts, owners and names hold letters, digits, '.', '_' and '-' alone, and no "..": no path can leave the folder.
    private string FolderOf(OutcomePlace place) => Path.Combine(root, Path.Combine(place.Path.Split('/')));
}
