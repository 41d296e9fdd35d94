using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Counts runs by what is known of them.</summary>
internal sealed class CoverageTally
{
    // Stands for an attempt that nobody asked GitHub about.
    private const CollectionState NotAsked = (CollectionState)(-1);

    public int Runs { get; private set; }

    public int WithTelemetry { get; private set; }

    /// <summary>Runs without telemetry, by what became of asking for it.</summary>
    public Dictionary<CollectionState, int> Missing { get; } = [];

    /// <summary>Models without a price.</summary>
    public HashSet<string> UnpricedModels { get; } = new(StringComparer.Ordinal);

    public void Add(LedgerRun run, IReadOnlyList<PricedSlice> slices)
    {
        Runs++;
        if (run.HasTelemetry)
        {
            WithTelemetry++;
        }
        else
        {
            var state = run.Facts.Collection ?? NotAsked;
            Missing[state] = Missing.GetValueOrDefault(state) + 1;
        }

        UnpricedModels.UnionWith(slices.Where(slice => slice.Unpriced is not null).Select(slice => slice.Model));
    }

    public static string TextOf(CollectionState state) => state switch
    {
        CollectionState.Refused => "refused by GitHub",
        CollectionState.NoTelemetry => "without an artifact that holds any",
        CollectionState.TelemetryExpired => "with artifacts that had expired",
        CollectionState.Collected => "collected, and empty",
        _ => "never asked about",
    };
}
