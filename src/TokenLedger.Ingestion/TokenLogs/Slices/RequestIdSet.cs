namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>The requests met so far: 24 bytes each in open addressing, 32 to 48 bytes with the free room.</summary>
/// <remarks>
/// 256 shards grow one at a time, by half, so that growing never needs twice the memory. Identities are hashes, so
/// their own bits place them.
/// </remarks>
internal sealed class RequestIdSet
{
    private const int ShardBits = 8;
    private const int CapacityMin = 8;

    private readonly Entry[]?[] shards = new Entry[]?[1 << ShardBits];
    private readonly int[] counts = new int[1 << ShardBits];

    /// <summary>Adds a request, or says how it is known.</summary>
    public IdentityFate Add(UInt128 identity, ulong fingerprint)
    {
        unchecked
        {
            var high = (ulong)(identity >> 64);
            var low = (ulong)identity;
            // Zero marks a free entry.
            if ((high | low) == 0)
                low = 1;
            var shard = (int)(high >> (64 - ShardBits));
            var entries = shards[shard] ??= new Entry[CapacityMin];
            if (counts[shard] >= entries.Length - (entries.Length >> 2))
                entries = shards[shard] = Grown(entries);
            ref var entry = ref Find(entries, high, low);
            if (entry.IsFree)
            {
                entry = new Entry(high, low, fingerprint);
                counts[shard]++;
                return IdentityFate.New;
            }

            return entry.Fingerprint == fingerprint ? IdentityFate.Repeated : IdentityFate.Reused;
        }
    }

    /// <summary>Touches the places of requests that are about to be added, so that their memory is fetched all at once.</summary>
    /// <remarks>A walk one by one waits for main memory each time; half of the set's time went there.</remarks>
    /// <returns>A number without meaning that keeps the reads from being optimised away.</returns>
    public ulong Touch(ReadOnlySpan<UsageLine> lines)
    {
        unchecked
        {
            var touched = 0UL;
            foreach (ref readonly var line in lines)
            {
                if (shards[(int)((ulong)(line.Identity >> 64) >> (64 - ShardBits))] is { } entries)
                    touched ^= entries[(int)Math.BigMul((ulong)line.Identity, (ulong)entries.Length, out _)].High;
            }

            return touched;
        }
    }

    private static Entry[] Grown(Entry[] entries)
    {
        var grown = new Entry[entries.Length + (entries.Length >> 1)];
        foreach (var entry in entries)
        {
            if (!entry.IsFree)
                Find(grown, entry.High, entry.Low) = entry;
        }

        return grown;
    }

    // The walk ends, because a quarter of the entries stays free.
    private static ref Entry Find(Entry[] entries, ulong high, ulong low)
    {
        var at = (int)Math.BigMul(low, (ulong)entries.Length, out _);
        while (!entries[at].IsFree && !(entries[at].High == high && entries[at].Low == low))
            at = at + 1 == entries.Length ? 0 : at + 1;
        return ref entries[at];
    }

    private readonly record struct Entry(ulong High, ulong Low, ulong Fingerprint)
    {
        public bool IsFree => (High | Low) == 0;
    }
}
