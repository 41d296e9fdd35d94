using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Makes the rows of one attempt from everything that was read of its run.</summary>
internal sealed class AttemptFold(RunIdentity run, RunReading reading, PriceBook prices)
{
    public LedgerRun Of(int attempt)
    {
        var facts = AttemptFacts.Of(run, attempt, reading);
        var notices = new List<Notice>();
        var slices = new List<UsageSlice>();
        var records = reading.ProxyRecords.Slices().ToLookup(slice => (slice.Run.Attempt, slice.Phase));
        var adjustment = new SessionAdjustment(prices.Names);
        var proxy = reading.ProxyRecords.ProxyReportedAiCredits(attempt);
        notices.AddRange(reading.ProxyRecords.Notices(attempt));
        foreach (var phase in Enum.GetValues<Phase>())
        {
            IReadOnlyList<UsageSlice> found = [.. records[(attempt, phase)]];
            if (found.Count == 0 && reading.ProxyEvents.TryGetValue(phase, out var events))
            {
                found = [.. events.Slices().Where(slice => slice.Run.Attempt == attempt)];
                if (found.Count > 0)
                {
                    proxy = Sum(proxy, events.ProxyReportedAiCredits(attempt));
                    notices.AddRange(events.Notices(attempt));
                }
            }

            var sessions = SessionsOf(attempt, phase);
            slices.AddRange(adjustment.Apply(found, sessions));
            if (found.Count == 0)
                slices.AddRange(new TotalsRoad(facts, reading, prices, notices).OfSessions(phase, sessions, slices));
        }

        slices.AddRange(new TotalsRoad(facts, reading, prices, notices).OfSummaries(slices));
        slices.Sort(SliceOrder.Instance);
        notices.AddRange(adjustment.Notices);
        notices.AddRange(RunNotices.Of(attempt, slices, reading, prices));
        var report = Report(attempt, proxy, adjustment.LostCacheWriteTokens);
        return new LedgerRun(facts, slices, report, [.. notices.Distinct()
            .OrderBy(notice => notice.Code, StringComparer.Ordinal)
            .ThenBy(notice => notice.Message, StringComparer.Ordinal)]);
    }

    private RunReport Report(int attempt, decimal? proxy, long lostCacheWriteTokens)
    {
        var coverage = reading.Coverage.Of(attempt);
        return new RunReport
        {
            ProxyReportedAiCredits = proxy ?? SummedUp(attempt),
            SessionReportedAiCredits = SessionsOf(attempt, Phase.Agent)
                .Aggregate((decimal?)null, static (sum, session) => Sum(sum, session.AiCredits)),
            LostCacheWriteTokens = lostCacheWriteTokens,
            CallsKnown = coverage?.Known,
            CallsMetered = coverage?.Metered,
        };
    }

    // A zero in a summary is "0 or unknown": it claims nothing.
    private decimal? SummedUp(int attempt)
    {
        var agent = reading.AgentUsages
            .Where(pair => pair.File.Attempt == attempt)
            .Max(pair => pair.Usage.AiCredits);
        var summary = reading.Summaries
            .Where(pair => (pair.Summary.Attempt ?? pair.File.Attempt) == attempt)
            .Max(pair => pair.Summary.AiCredits);
        return agent is > 0 ? agent : summary is > 0 ? summary : null;
    }

    private List<SessionRecord> SessionsOf(int attempt, Phase phase) =>
        [.. reading.Sessions.Where(session => session.Attempt == attempt && session.Phase == phase)];

    private static decimal? Sum(decimal? left, decimal? right) => left is null ? right : left + (right ?? 0);
}
