using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>What the names in a record amount to. A log has a handful of routes and half a million records.</summary>
internal sealed class Route
{
    // A hostile log can spread over days at will; the handles are only a shortcut and may be forgotten.
    private const int SlotsMax = 512;

    private readonly Dictionary<(int Day, int Attempt), SliceSlot?[]> slots = [];
    private readonly UsageFileContext context;
    private readonly UsageEvidence evidence;
    private (int Day, int Attempt) lastKey;
    private SliceSlot?[] lastBands = [];

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
    public SliceSlot SlotOf(int dayNumber, int attempt, long promptTokens)
    {
        var band = PromptBands.NumberOf(promptTokens);
        var key = (dayNumber, attempt);
        if (lastBands.Length == 0 || key != lastKey)
            Turn(key);
        return lastBands[band] ??= new SliceSlot(new SliceKey(
            attempt, DateOnly.FromDayNumber(dayNumber), context.Phase, Purpose, Channel, Model, IsAutoSelected,
            ServiceTier, PromptBands.Threshold(band), evidence));
    }

    private void Turn((int Day, int Attempt) key)
    {
        if (!slots.TryGetValue(key, out var bands))
        {
            if (slots.Count >= SlotsMax)
                slots.Clear();
            bands = new SliceSlot?[PromptBands.Count];
            slots.Add(key, bands);
        }

        (lastKey, lastBands) = (key, bands);
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
