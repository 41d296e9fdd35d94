using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>What the names in a record amount to. A log has a handful of routes and half a million records.</summary>
internal sealed class Route
{
    // A hostile log can spread over days at will; the handles are only a shortcut and may be forgotten.
    private const int SlotsMax = 4096;

    private readonly Dictionary<(int Day, int Attempt, long Band), SliceSlot> slots = [];
    private readonly UsageFileContext context;
    private readonly UsageEvidence evidence;
    private (int Day, int Attempt, long Band) lastKey;
    private SliceSlot? lastSlot;

    public Route(RouteNames names, ModelNames models, UsageFileContext context, UsageEvidence evidence)
    {
        Names = names;
        this.context = context;
        this.evidence = evidence;
        var model = models.Normalise(names.Model);
        Channel = Channel.FromProvider(names.Provider);
        Model = model.Canonical;
        IsAutoSelected = model.IsAutoSelected
            || names.DynamicSelector?.Contains("auto", StringComparison.OrdinalIgnoreCase) == true;
        Purpose = PurposeOf(names.Purpose);
        ServiceTier = string.IsNullOrWhiteSpace(names.ServiceTier)
            ? UsageSlice.StandardTier
            : names.ServiceTier.Trim().ToLowerInvariant();
        Traits = CacheTraits.Of(Channel, names.Path, Model);
        Fingerprint = names.Fingerprint();
    }

    public RouteNames Names { get; }

    public Channel Channel { get; }

    public string Model { get; }

    public bool IsAutoSelected { get; }

    public Purpose Purpose { get; }

    public string ServiceTier { get; }

    public CacheTraits Traits { get; }

    /// <summary>The part of a record's fingerprint that its names make.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The slice of a request on this route.</summary>
    public SliceSlot SlotOf(int dayNumber, int attempt, long band)
    {
        var key = (dayNumber, attempt, band);
        if (lastSlot is not null && key == lastKey)
            return lastSlot;
        if (!slots.TryGetValue(key, out var slot))
        {
            if (slots.Count >= SlotsMax)
                slots.Clear();
            slot = new SliceSlot(new SliceKey(
                attempt, DateOnly.FromDayNumber(dayNumber), context.Phase, Purpose, Channel, Model, IsAutoSelected,
                ServiceTier, band, evidence));
            slots.Add(key, slot);
        }

        lastKey = key;
        return lastSlot = slot;
    }

    // Spellings: AWF after v0.28.4 (routing_classification, ""), gh-aw samples (subagent, agent).
    private static Purpose PurposeOf(string? purpose) => purpose switch
    {
        null or "" or "agent" => Purpose.Main,
        "routing_classification" => Purpose.Routing,
        "subagent" => Purpose.SubAgent,
        _ => Purpose.Auxiliary,
    };
}
