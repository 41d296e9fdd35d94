using System.Runtime.InteropServices;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>The names in a record that decide what it is, as they are spelled.</summary>
internal readonly record struct RouteNames(
    string? Provider, string? Model, string? Path, string? Purpose, string? DynamicSelector, string? ServiceTier)
{
    /// <summary>
    /// Whether the record holds these very strings; a quick test, because the parser repeats its strings.
    /// </summary>
    public bool AreThoseOf(in TokenUsageRecord record) =>
        ReferenceEquals(Model, record.Model)
        && ReferenceEquals(Path, record.Path)
        && ReferenceEquals(Purpose, record.Purpose)
        && ReferenceEquals(Provider, record.Provider)
        && ReferenceEquals(DynamicSelector, record.DynamicSelector)
        && ReferenceEquals(ServiceTier, record.ServiceTier);

    /// <summary>A hash of all names, the same in every process.</summary>
    public ulong Fingerprint()
    {
        var hash = ContentHash.Stir(1, HashOf(Provider), HashOf(Model));
        hash = ContentHash.Stir(hash, HashOf(Path), HashOf(Purpose));
        return ContentHash.Stir(hash, HashOf(DynamicSelector), HashOf(ServiceTier));
    }

    // A missing name and an empty one mean the same.
    private static ulong HashOf(string? name) => ContentHash.HalfOf(MemoryMarshal.AsBytes((name ?? "").AsSpan()));
}
