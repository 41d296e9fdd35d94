using TokenLedger.Application.Ports;

namespace TokenLedger.Testing.InMemory;

/// <summary>Marks in ordinal order of their names, within the lengths that the port allows.</summary>
public sealed class InMemoryCheckpoints(KillSwitch? kill = null) : ICheckpoints
{
    private const int NameLengthMax = 500;
    private const int ValueLengthMax = 8_000;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Checkpoint> marks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
            return Task.FromResult(marks.GetValueOrDefault(name));
    }

    /// <inheritdoc/>
    public Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checkpoint.Name.Length, NameLengthMax, nameof(checkpoint));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(checkpoint.Value.Length, ValueLengthMax, nameof(checkpoint));
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
            marks[checkpoint.Name] = checkpoint;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
            marks.Remove(name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Checkpoint> ReadAsync(string namePrefix, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
        {
            return marks.Values
                .Where(mark => mark.Name.StartsWith(namePrefix, StringComparison.Ordinal))
                .ToList()
                .ToAsyncEnumerable();
        }
    }
}
