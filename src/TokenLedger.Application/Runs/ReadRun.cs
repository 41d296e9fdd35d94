using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Runs;

/// <summary>Reads one run with what is stored of its part in the bills.</summary>
public sealed class ReadRun(
    ILedgerStore store, IDayLedger days, PriceBook prices, LedgerConfiguration configuration)
{
    // GitHub ends a workflow after 35 days (usage limits, 2026-10); a log with more days than this is made up.
    private const int DaysMax = 100;

    /// <summary>The run; null when the repository has none of that id.</summary>
    /// <param name="host">The GitHub host in lower case.</param>
    /// <param name="repository">The repository as <c>owner/name</c>, in any case.</param>
    /// <param name="runId">The run id.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<RunDocument?> ExecuteAsync(
        string host, string repository, long runId, CancellationToken cancellation)
    {
        if (await ReadAsync(host, repository, runId, cancellation) is not { } read)
            return null;
        var entries = RunEntries.OfStored(
            read.Shares.Select(row => (row.Day, row.Share)),
            read.Heads.Where(head => head.Settlement.Observations > 0).Select(head => head.Settlement),
            read.BilledChannels);
        return new RunDocument
        {
            Schema = RunDocument.SchemaName,
            Runs = [.. read.Attempts.Select(run => entries.Create(PeriodRun.Whole(run, prices)))],
        };
    }

    /// <summary>The rows of the run; null when the repository, where one is named, has none of that id.</summary>
    internal async Task<RunWithShares?> ReadAsync(
        string host, string? repository, long runId, CancellationToken cancellation)
    {
        var attempts = await store.ReadRunAsync(host, runId, cancellation);
        if (attempts.Count == 0
            || (repository is not null
                && !string.Equals(attempts[^1].Facts.Repository, repository, StringComparison.OrdinalIgnoreCase)))
            return null;
        // An enterprise whose organisations only its bill tells is found by its shares.
        var members = new ScopeMembers(ReconciliationScope.WholeLedger, configuration, []);
        var runs = attempts
            .Select(members.WithConfiguredPayer)
            .ToList();
        var heads = new List<DayHead>();
        var shares = new List<(DateOnly, BillingAccount, ShareRow)>();
        var facts = runs[^1].Facts;
        foreach (var day in runs.SelectMany(run => run.Slices).Select(slice => slice.Day).Distinct().Order()
            .Take(DaysMax))
        {
            await foreach (var head in days.ReadAsync(null, day, day.AddDays(1), cancellation))
            {
                var before = shares.Count;
                await foreach (var share in days.ReadSharesAsync(
                    head.Settlement.Account, day, (host, runId), cancellation))
                    shares.Add((day, head.Settlement.Account, share));
                if (shares.Count > before || members.RankOf(head.Settlement.Account, facts) > 0)
                    heads.Add(head);
            }
        }

        return new RunWithShares(runs, heads, shares, BilledChannels(members, facts, heads));
    }

    private HashSet<Channel> BilledChannels(ScopeMembers members, RunFacts run, IEnumerable<DayHead> heads) =>
    [
        .. heads.Where(head => head.Settlement.Observations > 0)
            .Select(head => head.Settlement.Account)
            .Concat(configuration.Sources
                .Select(source => source.Account)
                .Where(account => members.RankOf(account, run) > 0))
            .Select(ScopeMembers.ChannelOf),
    ];
}
