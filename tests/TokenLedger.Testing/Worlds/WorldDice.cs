using TokenLedger.Testing.Samples;

namespace TokenLedger.Testing.Worlds;

/// <summary>
/// The chances of a world. Each named part has its own, so that a change of one leaves the others alone.
/// </summary>
public sealed class WorldDice
{
    private readonly ulong seed;
    private readonly SampleDice dice;

    /// <param name="seed">The seed; the same seed is the same world on every machine.</param>
    public WorldDice(ulong seed)
    {
        this.seed = seed;
        dice = new SampleDice(seed);
    }

    /// <summary>Dice of a named part.</summary>
    public WorldDice For(string part)
    {
        unchecked
        {
            // FNV-1a, by its published constants.
            var hash = 14695981039346656037UL ^ seed;
            foreach (var letter in part)
                hash = (hash ^ letter) * 1099511628211UL;
            return new WorldDice(hash);
        }
    }

    /// <summary>A whole number from low, inclusive, to high, exclusive.</summary>
    public long Roll(long low, long high) => dice.Roll(low, high);

    /// <summary>Whether something of this chance happens.</summary>
    public bool Chance(int percent) => dice.Roll(0, 100) < percent;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)dice.Roll(0, choices.Count)];
}
