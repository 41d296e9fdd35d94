using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Testing.InMemory;

/// <summary>Facts of outcomes in memory, as bytes like any archive keeps them.</summary>
public sealed class InMemoryOutcomeArchive(KillSwitch? kill = null) : IOutcomeArchive
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    /// <summary>The paths of the files.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (gate)
                return [.. files.Keys];
        }
    }

    /// <inheritdoc/>
    public Task<bool> AddAsync(OutcomePlace place, OutcomeFact fact, CancellationToken cancellation)
    {
        Enter(cancellation);
        var content = OutcomeFactFile.Create(fact);
        lock (gate)
            return Task.FromResult(files.TryAdd($"{place.Path}/{OutcomeFactFile.NameOf(content)}", content));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutcomeFact>> ReadAsync(OutcomePlace place, CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<OutcomeFact>>(
            [
                .. files.Where(file => file.Key.StartsWith(place.Path + "/", StringComparison.Ordinal))
                    .Select(file => OutcomeFactFile.Parse(file.Value)).OfType<OutcomeFact>(),
            ]);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OutcomePlace> ReadPlacesAsync(CancellationToken cancellation)
    {
        Enter(cancellation);
        lock (gate)
        {
            return files.Keys.Select(path => OutcomePlace.OfPath(path[..path.LastIndexOf('/')]))
                .OfType<OutcomePlace>().Distinct().ToList().ToAsyncEnumerable();
        }
    }

    private void Enter(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
    }
}
