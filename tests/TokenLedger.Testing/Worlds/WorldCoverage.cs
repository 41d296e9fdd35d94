namespace TokenLedger.Testing.Worlds;

/// <summary>What has happened in a world, by name, so that a test can ask whether everything ever does.</summary>
public sealed class WorldCoverage
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>How often each thing happened.</summary>
    public IReadOnlyDictionary<string, int> Counts => counts;

    /// <summary>Notes that something happened.</summary>
    public void Saw(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    /// <summary>Notes it where it did.</summary>
    public void SawIf(bool happened, string what)
    {
        if (happened)
            Saw(what);
    }
}
