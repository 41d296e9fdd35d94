using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Makes slices from totals, for a run or phase that left no records. Never beside records.</summary>
internal sealed class TotalsRoad(RunFacts facts, RunReading reading, PriceBook prices, List<Notice> notices)
{
    /// <summary>Slices of a phase from what its sessions counted.</summary>
    public List<UsageSlice> OfSessions(
        Phase phase, IReadOnlyList<SessionRecord> sessions, IReadOnlyList<UsageSlice> others)
    {
        var slices = new List<UsageSlice>();
        foreach (var session in sessions)
        {
            foreach (var model in SessionModels.Resolved(session, prices.Names))
            {
                var name = model.Name ?? prices.Names.Normalise(MainModel()).Canonical;
                if (DayOf(session.At) is { } day)
                    Add(slices, Slice(
                        day, phase, ChannelOf(session, others), name, UsageEvidence.SessionTotals, model.Tokens,
                        model.Requests));
            }
        }

        return slices;
    }

    /// <summary>Slices from the summary of gh aw, or of the agent alone; only where nothing better is known.</summary>
    /// <param name="found">What better roads gave.</param>
    public List<UsageSlice> OfSummaries(IReadOnlyList<UsageSlice> found)
    {
        var attempt = facts.Key.Attempt;
        var slices = new List<UsageSlice>();

        // gh aw's sums may hold the detection phase, so they stand alone or not at all.
        var models = found.Count > 0 ? [] : reading.Summaries
            .Where(pair => (pair.Summary.Attempt ?? pair.File.Attempt) == attempt)
            .Select(pair => pair.Summary.Models)
            .FirstOrDefault(models => models.Any(model => !model.IsEmpty)) ?? [];
        if (models.Count == 0 && !found.Any(slice => slice.Phase == Phase.Agent))
        {
            models = [.. reading.AgentUsages
                .Where(pair => pair.File.Attempt == attempt && !pair.Usage.Sums.IsEmpty)
                .Select(pair => pair.Usage.Sums with { Model = pair.Usage.PrimaryModel ?? MainModel() ?? "" })
                .Take(1)];
        }

        foreach (var model in models.Where(model => !model.IsEmpty))
        {
            if (DayOf(null) is not { } day)
                continue;
            var channel = model.Provider is null ? ChannelOf(null, found) : Channel.FromProvider(model.Provider);
            var (tokens, unresolved) = SummaryConvention.Of(model, channel);
            Add(slices, Slice(
                day, Phase.Agent, channel, prices.Names.Normalise(model.Model).Canonical, UsageEvidence.Summary,
                tokens, model.Requests) with { UnresolvedCacheTokens = unresolved });
        }

        return slices;
    }

    private UsageSlice Slice(
        DateOnly day, Phase phase, Channel channel, string model, UsageEvidence evidence, TokenCounts tokens,
        long requests) => new(
            facts.Key, day, phase, Purpose.Main, channel, model, false, UsageSlice.StandardTier,
            0, evidence, requests, 0, tokens);

    // Two sessions of one model and day are one slice: the key must stay unique.
    private static void Add(List<UsageSlice> slices, UsageSlice slice)
    {
        var same = slices.FindIndex(known => SliceOrder.Instance.Compare(known, slice) == 0);
        if (same < 0)
            slices.Add(slice);
        else
            slices[same] = slices[same] with
            {
                Requests = slices[same].Requests + slice.Requests,
                Tokens = slices[same].Tokens + slice.Tokens,
                UnresolvedCacheTokens = slices[same].UnresolvedCacheTokens + slice.UnresolvedCacheTokens,
            };
    }

    private DateOnly? DayOf(DateTimeOffset? at)
    {
        if ((at ?? facts.StartedAt) is { } time)
            return DateOnly.FromDateTime(time.UtcDateTime);
        notices.Add(new Notice("usage-without-day",
            "Totals of the run are known, but not the day they belong to; ingest its aw_info.json to count them."));
        return null;
    }

    // Who bills is never told by the model: Copilot's sessions tell, else the run's other requests, else its router.
    private Channel ChannelOf(SessionRecord? session, IReadOnlyList<UsageSlice> others)
    {
        if (session is { IsCopilot: true })
            return Channel.Copilot;
        var channels = others.Select(slice => slice.Channel).Distinct().ToList();
        if (channels is [var only])
            return only;
        var routed = reading.Infos
            .Where(pair => pair.File.Attempt == facts.Key.Attempt)
            .Select(pair => pair.Info.RoutedProvider)
            .FirstOrDefault(provider => provider is not null);
        return Channel.FromProvider(routed ?? (facts.Engine is "copilot" ? "copilot" : null));
    }

    private string? MainModel() => reading.AgentUsages
        .Where(pair => pair.File.Attempt == facts.Key.Attempt)
        .Select(pair => pair.Usage.PrimaryModel)
        .Concat(reading.Infos
            .Where(pair => pair.File.Attempt == facts.Key.Attempt)
            .Select(pair => pair.Info.Model))
        .FirstOrDefault(model => model is not null);
}
