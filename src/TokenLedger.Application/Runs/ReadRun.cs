using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Runs;

/// <summary>Reads one run with what is stored of its part in the bills.</summary>
public sealed class ReadRun(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    /// <summary>The run; null when the repository has none of that id.</summary>
    /// <param name="host">The GitHub host in lower case.</param>
    /// <param name="repository">The repository as <c>owner/name</c>, in any case.</param>
    /// <param name="runId">The run id.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<RunDocument?> ExecuteAsync(
        string host, string repository, long runId, CancellationToken cancellation)
    {
        var attempts = await store.ReadRunAsync(host, runId, cancellation);
        if (attempts.Count == 0
            || !string.Equals(attempts[^1].Facts.Repository, repository, StringComparison.OrdinalIgnoreCase))
            return null;
        var runs = attempts.Select(run => new PeriodRun(run, SlicePricing.Price(run, prices))).ToList();
        var heads = new List<DayHead>();
        var shares = new List<(DateOnly Day, ShareRow Share)>();
        // Bounded by the run: GitHub ends a workflow after 35 days.
        foreach (var day in runs.SelectMany(run => run.Slices).Select(slice => slice.Day).Distinct().Order())
        {
            await foreach (var head in days.ReadAsync(null, day, day.AddDays(1), cancellation))
            {
                heads.Add(head);
                await foreach (var share in days.ReadSharesAsync(
                    head.Settlement.Account, day, (host, runId), cancellation))
                    shares.Add((day, share));
            }
        }

        var entries = new RunEntries(
            shares, heads.Select(head => head.Settlement), BilledChannels(heads), period: null);
        return new RunDocument { Schema = RunDocument.SchemaName, Runs = [.. runs.Select(entries.Create)] };
    }

    private HashSet<Channel> BilledChannels(IEnumerable<DayHead> heads) =>
    [
        .. heads.Where(head => head.Settlement.Observations > 0)
            .Select(head => head.Settlement.Account)
            .Concat(configuration.Sources.Select(source => source.Account))
            .Select(ScopeMembers.ChannelOf),
    ];
}
