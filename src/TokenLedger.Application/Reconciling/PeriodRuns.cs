using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>The runs that decide a period.</summary>
/// <param name="Runs">Those of the period.</param>
/// <param name="OfEveningBefore">
/// Those without telemetry that started the evening before and may have used tokens on its first day: they make its
/// shares less sure, and belong to the day they started on.
/// </param>
internal sealed record PeriodRuns(IReadOnlyList<PeriodRun> Runs, IReadOnlyList<RunFacts> OfEveningBefore)
{
    public static async Task<PeriodRuns> ReadAsync(
        ILedgerStore store, ScopeMembers members, PriceBook prices, LedgerConfiguration configuration,
        DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var runs = new List<PeriodRun>();
        var evening = new List<RunFacts>();
        await foreach (var stored in store.ReadRunsAsync(from, to, cancellation))
        {
            if (!members.Includes(stored.Facts))
                continue;
            var run = members.WithConfiguredPayer(stored);
            if (PeriodRun.Of(run, prices, configuration, from, to) is { } member)
                runs.Add(member);
            else if (!run.HasTelemetry && UnseenUsage.NextDayOf(run.Facts) == from
                && AgentRuns.Includes(run, configuration.WorkflowsInclude))
                evening.Add(run.Facts);
        }

        return new PeriodRuns(runs, evening);
    }
}
