using System.Text;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// One string for each of the few texts that a log repeats on every line. Bounded; not safe for several threads.
/// </summary>
internal sealed class TextPool
{
    // A log repeats some dozens of names. The table never grows: a hostile log only makes it forget.
    private const int SlotCount = 512;
    private const int WayCount = 4;
    private const int BytesMax = 128;

    private readonly byte[]?[] keys = new byte[]?[SlotCount];
    private readonly string[] texts = new string[SlotCount];

    /// <summary>The text of valid UTF-8 bytes.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > BytesMax)
            return Encoding.UTF8.GetString(utf8);
        var home = (int)(ContentHash.HalfOf(utf8) & (SlotCount - 1));
        for (var way = 0; way < WayCount; way++)
        {
            var slot = (home + way) & (SlotCount - 1);
            if (keys[slot] is not { } key)
                return Put(slot, utf8);
            if (utf8.SequenceEqual(key))
                return texts[slot];
        }

        return Put(home, utf8);
    }

    private string Put(int slot, ReadOnlySpan<byte> utf8)
    {
        keys[slot] = utf8.ToArray();
        return texts[slot] = Encoding.UTF8.GetString(utf8);
    }
}
