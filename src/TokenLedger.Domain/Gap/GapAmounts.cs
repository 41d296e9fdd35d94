using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>Collects amounts by part and cause.</summary>
internal sealed class GapAmounts
{
    private readonly SortedDictionary<(GapPart Part, GapCause Cause), Entry> entries = [];

    public void Add(
        GapPart part, GapCause cause, long nanoCredits, IEnumerable<RunKey>? runs = null,
        IEnumerable<GapPart>? mayHold = null) =>
        AddAiCredits(part, cause, AiCredits.FromNanoCredits(nanoCredits), runs, mayHold);

    public void AddAiCredits(
        GapPart part, GapCause cause, decimal aiCredits, IEnumerable<RunKey>? runs = null,
        IEnumerable<GapPart>? mayHold = null)
    {
        if (aiCredits == 0)
            return;
        if (!entries.TryGetValue((part, cause), out var entry))
            entries.Add((part, cause), entry = new Entry());
        entry.AiCredits += aiCredits;
        entry.Runs.UnionWith(runs ?? []);
        entry.MayHold.UnionWith(mayHold ?? []);
    }

    // Amounts of opposite signs may cancel out; what is 0 is no amount.
    public IReadOnlyList<GapAmount> ToList() =>
    [
        .. entries
            .Where(entry => entry.Value.AiCredits != 0)
            .Select(entry => new GapAmount(
                entry.Key.Part, entry.Key.Cause, entry.Value.AiCredits, [.. entry.Value.Runs],
                [.. entry.Value.MayHold])),
    ];

    private sealed class Entry
    {
        public decimal AiCredits { get; set; }

        public SortedSet<RunKey> Runs { get; } = [];

        public SortedSet<GapPart> MayHold { get; } = [];
    }
}
