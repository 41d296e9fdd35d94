using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Findings;

/// <summary>The sizes of agent runs by workflow. The runs themselves pass by.</summary>
internal static class FindingHistory
{
    /// <summary>The sizes of runs that count to a period.</summary>
    /// <param name="store">The runs' rows.</param>
    /// <param name="prices">The price book.</param>
    /// <param name="configuration">Tells agents' workflows.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends between runs.</param>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<RunSize>>> ReadAsync(
        ILedgerStore store, PriceBook prices, LedgerConfiguration configuration, DateOnly from, DateOnly to,
        CancellationToken cancellation)
    {
        var cheaper = new CheaperModels(prices);
        var history = new Dictionary<string, List<RunSize>>(StringComparer.Ordinal);
        await foreach (var run in store.ReadRunsAsync(from, to, cancellation))
        {
            if (!run.HasTelemetry || !AgentRuns.Includes(run, configuration.WorkflowsInclude)
                || ObservedRun.DayOf(run) is not { } day || day < from || day >= to)
                continue;
            var observed = new ObservedRun(run.Facts, day, SlicePricing.Price(run, prices));
            if (observed.Workflow is not { } workflow || RunSize.Of(observed, cheaper) is not { } size)
                continue;
            if (!history.TryGetValue(workflow, out var sizes))
                history.Add(workflow, sizes = []);
            sizes.Add(size);
        }

        return history.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<RunSize>)pair.Value, StringComparer.Ordinal);
    }
}
