using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Testing.Worlds.Usage;

/// <summary>A run with what it truly used and what the product is told of it.</summary>
/// <param name="Facts">What is known of the run.</param>
/// <param name="Usage">What it truly used.</param>
/// <param name="Telemetry">What of it is told.</param>
/// <param name="KnownAt">When the product hears of the run, UTC.</param>
/// <param name="TelemetryAt">When it hears of the tokens, UTC.</param>
public sealed record WorldRun(
    RunFacts Facts,
    IReadOnlyList<WorldUsage> Usage,
    TelemetryKind Telemetry,
    DateTimeOffset KnownAt,
    DateTimeOffset TelemetryAt)
{
    /// <summary>The run as the fold over its archive leaves it at a time.</summary>
    public FoldedRun FoldedAt(DateTimeOffset now)
    {
        IReadOnlyList<UsageSlice> slices = now < TelemetryAt || Telemetry == TelemetryKind.None
            ? [] : [.. Usage.Where(IsTold).Select(usage => Told(usage.Slice))];
        var hash = string.Create(CultureInfo.InvariantCulture, $"{Facts.Key}:{slices.Count}");
        var facts = Facts with
        {
            Collection = slices.Count > 0 ? CollectionState.Collected : CollectionState.NoTelemetry,
        };
        return new FoldedRun(
            Facts.Key.Host, Facts.Key.RunId, hash, [new LedgerRun(facts, slices, new RunReport(), [])], default, []);
    }

    private bool IsTold(WorldUsage usage) =>
        Telemetry != TelemetryKind.WithoutDetection || usage.Slice.Phase != Phase.Detection;

    private UsageSlice Told(UsageSlice slice) => Telemetry != TelemetryKind.WithoutCacheWrites
        ? slice
        : slice with { Tokens = slice.Tokens with { CacheWrite5m = 0 } };
}
