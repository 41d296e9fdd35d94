namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>The requests met so far: 24 bytes each in a log, and an index of 11 to 21 bytes each over it.</summary>
/// <remarks>
/// An index slot holds the upper half of the hash's first word and the place in the log. The slot of a request follows
/// from that upper half alone and keeps its order, so growing reads and writes the index from front to back and never
/// looks at the log. Most requests are new, and a new one touches one slot and the end of the log.
/// </remarks>
internal sealed class RequestIdSet
{
    private const int ChunkBits = 11;
    private const int ChunkLength = 1 << ChunkBits;
    private const int ChunkLengthFirst = 16;
    private const int SlotsMin = 32;

    // 16 MiB of index at most: a length is a claim, and only records that are read prove it.
    private const int ReservedMax = 1 << 20;

    private readonly List<Entry[]> chunks = [new Entry[ChunkLengthFirst]];
    private ulong[] slots = new ulong[SlotsMin];
    private int count;

    /// <summary>Makes room for about so many more requests at once, instead of growing step by step.</summary>
    public void Reserve(long requests)
    {
        var wanted = count + Math.Clamp(requests, 0, ReservedMax);
        var length = slots.Length;
        while (wanted >= length - (length >> 2))
            length = checked(length * 2);
        if (length > slots.Length)
            Grow(length);
    }

    /// <summary>Adds a request, or says how it is known.</summary>
    public IdentityFate Add(UInt128 identity, ulong fingerprint)
    {
        unchecked
        {
            var high = (ulong)(identity >> 64);
            var low = (ulong)identity;
            if (count >= slots.Length - (slots.Length >> 2))
                Grow(checked(slots.Length * 2));
            var tag = (uint)(high >> 32);
            var at = HomeOf(tag, slots.Length);
            // The walk ends, because a quarter of the slots stays free.
            while (slots[at] != 0)
            {
                if ((uint)(slots[at] >> 32) == tag && Find(slots[at]) is var entry
                    && entry.High == high && entry.Low == low)
                {
                    return entry.Fingerprint == fingerprint ? IdentityFate.Repeated : IdentityFate.Reused;
                }

                at = at + 1 == slots.Length ? 0 : at + 1;
            }

            Append(new Entry(high, low, fingerprint));
            slots[at] = ((ulong)tag << 32) | (uint)count;
            return IdentityFate.New;
        }
    }

    /// <summary>
    /// Touches the slots of requests that are about to be added, so that their memory is fetched all at once.
    /// </summary>
    /// <remarks>A walk one by one waits for main memory each time; half of the set's time went there.</remarks>
    /// <returns>A number without meaning that keeps the reads from being optimised away.</returns>
    public ulong Touch(ReadOnlySpan<UsageLine> lines)
    {
        unchecked
        {
            var touched = 0UL;
            foreach (ref readonly var line in lines)
                touched ^= slots[HomeOf((uint)((ulong)(line.Identity >> 64) >> 32), slots.Length)];
            return touched;
        }
    }

    // Rises with the tag; that is what lets the index grow in one sweep.
    private static int HomeOf(uint tag, int slotCount) => (int)(((ulong)tag * (ulong)slotCount) >> 32);

    private ref Entry Find(ulong slot)
    {
        // Places count from 1, so that a free slot is 0.
        var place = (int)(slot & uint.MaxValue) - 1;
        return ref chunks[place >> ChunkBits][place & (ChunkLength - 1)];
    }

    private void Append(Entry entry)
    {
        var chunk = chunks[^1];
        var at = count & (ChunkLength - 1);
        if (at == 0 && count > 0)
        {
            chunks.Add(chunk = new Entry[ChunkLength]);
        }
        else if (at == chunk.Length)
        {
            Array.Resize(ref chunk, chunk.Length * 2);
            chunks[^1] = chunk;
        }

        chunk[at] = entry;
        count = checked(count + 1);
    }

    private void Grow(int length)
    {
        var grown = new ulong[length];
        foreach (var slot in slots)
        {
            if (slot == 0)
                continue;
            var at = HomeOf((uint)(slot >> 32), grown.Length);
            while (grown[at] != 0)
                at = at + 1 == grown.Length ? 0 : at + 1;
            grown[at] = slot;
        }

        slots = grown;
    }

    private readonly record struct Entry(ulong High, ulong Low, ulong Fingerprint);
}
