using System.Text.Json;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>The checkpoint of each repository: <c>sweep:{host}/{owner}/{name}</c> in lower case.</summary>
internal sealed class SweepMarks(ICheckpoints checkpoints, TimeProvider time)
{
    private const string Prefix = "sweep:";

    /// <summary>All marks by repository, and when each was set.</summary>
    public async Task<Dictionary<string, (DateTimeOffset At, SweepMark Mark)>> ReadAsync(
        CancellationToken cancellation)
    {
        var marks = new Dictionary<string, (DateTimeOffset, SweepMark)>(StringComparer.Ordinal);
        await foreach (var checkpoint in checkpoints.ReadAsync(Prefix, cancellation))
        {
            if (Parse(checkpoint.Value) is { } mark)
                marks[checkpoint.Name[Prefix.Length..]] = (checkpoint.At, mark);
        }

        return marks;
    }

    /// <summary>The mark of a repository; null when there is none.</summary>
    public async Task<SweepMark?> FindAsync(RepositoryAccess repository, CancellationToken cancellation) =>
        await checkpoints.FindAsync(Prefix + KeyOf(repository), cancellation) is { } checkpoint
            ? Parse(checkpoint.Value)
            : null;

    /// <summary>Sets the mark of a repository; it counts as looked at now.</summary>
    public Task SetAsync(RepositoryAccess repository, SweepMark mark, CancellationToken cancellation) =>
        checkpoints.SetAsync(
            new Checkpoint(
                Prefix + KeyOf(repository), time.GetUtcNow(),
                JsonSerializer.Serialize(mark, SweepJson.Default.SweepMark)),
            cancellation);

    /// <summary>A repository's own name among marks and alerts.</summary>
    public static string KeyOf(RepositoryAccess repository) =>
        $"{repository.Host}/{repository.FullName.ToLowerInvariant()}";

    // What cannot be read is looked at from the start, which changes nothing that is known.
    private static SweepMark? Parse(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, SweepJson.Default.SweepMark);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
