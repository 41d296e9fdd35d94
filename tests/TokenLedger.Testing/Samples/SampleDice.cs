namespace TokenLedger.Testing.Samples;

/// <summary>A seeded source of numbers that is the same on every runtime.</summary>
public sealed class SampleDice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A whole number from low, inclusive, to high, exclusive.</summary>
    public long Roll(long low, long high)
    {
        unchecked
        {
            // splitmix64, by its published constants.
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            return low + (long)(z % (ulong)(high - low));
        }
    }
}
