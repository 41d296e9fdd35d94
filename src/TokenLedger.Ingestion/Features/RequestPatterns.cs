using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Features;

/// <summary>Patterns in the requests of one attempt, in the order of time.</summary>
/// <param name="requests">The requests by their ends.</param>
/// <param name="pricing">Prices single requests.</param>
internal sealed class RequestPatterns(IReadOnlyList<FeatureRequest> requests, RequestPricing pricing)
{
    private const int QuartersMin = 8;

    // What a harness sends again after a minute is another question that looks the same.
    private const long RepeatWithinTicks = TimeSpan.TicksPerMinute;

    private readonly List<FeatureRequest> main = [.. requests.Where(request => request.IsOfMainAgent)];

    public long? LargestInput => main.Count == 0 ? null : main.Max(request => request.Tokens.Prompt);

    public long? FirstInput => main.Count == 0 ? null : main[0].Tokens.Prompt;

    public long? LastInput => main.Count == 0 ? null : main[^1].Tokens.Prompt;

    public long? Elapsed => requests.Count == 0 ? null
        : (requests[^1].EndedTicks - requests.Min(request => request.StartedTicks)) / TimeSpan.TicksPerMillisecond;

    /// <summary>How prompts grew, and what they cost above the first quarter's median.</summary>
    public (decimal? Ratio, decimal? Credits) Growth()
    {
        if (main.Count < QuartersMin)
            return (null, null);
        var quarter = main.Count / 4;
        var first = Median(main.Take(quarter));
        if (first == 0)
            return (null, null);
        var credits = (decimal?)0m;
        foreach (var request in main.Where(request => request.Tokens.Prompt > first))
        {
            credits += pricing.Of(request, request.Tokens with { Output = 0, Reasoning = 0 })
                * (request.Tokens.Prompt - first) / request.Tokens.Prompt;
        }

        return ((decimal)Median(main.TakeLast(quarter)) / first, credits);
    }

    /// <summary>The longest streak of cache misses, and what its writes cost above reading.</summary>
    public (long Streak, decimal? Credits) CacheMisses()
    {
        var (longest, credits) = (0L, (decimal?)0m);
        var (streak, streakCredits) = (0L, (decimal?)0m);
        foreach (var (index, request) in main.Index())
        {
            if (request.Tokens.CacheWrite <= request.Tokens.CacheRead)
            {
                (streak, streakCredits) = (0, 0m);
                continue;
            }

            streak++;
            // Nothing can be read before the first request has written it.
            if (index > 0)
                streakCredits += Above(request);
            if (streak > longest)
                (longest, credits) = (streak, streakCredits);
        }

        return (longest, credits);
    }

    /// <summary>Exact repeats, the longest streak of them, and what they cost.</summary>
    public (long Repeats, long Streak, decimal? Credits) Retries()
    {
        var (repeats, longest, credits) = (0L, 0L, (decimal?)0m);
        foreach (var conversation in requests.GroupBy(
            request => (request.Slice.Phase, request.Slice.Purpose, request.Slice.Channel, request.Slice.Model)))
        {
            var (before, streak) = ((FeatureRequest?)null, 0L);
            foreach (var request in conversation)
            {
                var isRepeat = before is { } last && request.Tokens == last.Tokens && request.Tokens.Total > 0
                    && request.StartedTicks - last.EndedTicks < RepeatWithinTicks;
                streak = isRepeat ? streak + 1 : 0;
                before = request;
                if (!isRepeat)
                    continue;
                repeats++;
                longest = Math.Max(longest, streak);
                credits += pricing.Of(request, request.Tokens);
            }
        }

        return (repeats, longest, credits);
    }

    /// <summary>The share of the agent's requests before its first outcome, and what both parts cost.</summary>
    public (decimal? Share, decimal? Before, decimal? After) Exploration(AttemptOutcome outcome)
    {
        var agent = requests.Where(request => request.Slice is { Phase: Phase.Agent, Purpose: not Purpose.Routing })
            .ToList();
        if (!outcome.TellsTools || agent.Count == 0)
            return (null, null, null);
        // To look at much and say something at the end is what reviews and reports are for. Without any outcome all of
        // it was exploration.
        if (outcome is { IsKnown: true, HasEdit: false })
            return (null, null, null);
        var (count, before, after) = (0, (decimal?)0m, (decimal?)0m);
        foreach (var request in agent)
        {
            var credits = pricing.Of(request, request.Tokens);
            // The answer that calls the tool ends before the tool starts.
            var isBefore = outcome.FirstTicks is not { } first || request.EndedTicks < first;
            count += isBefore ? 1 : 0;
            before += isBefore ? credits : 0m;
            after += isBefore ? 0m : credits;
            if (credits is null)
                (before, after) = (null, null);
        }

        return ((decimal)count / agent.Count, before, after);
    }

    private decimal? Above(FeatureRequest request)
    {
        var read = request.Tokens with
        {
            CacheRead = request.Tokens.Prompt - request.Tokens.Input, CacheWrite5m = 0, CacheWrite1h = 0,
        };
        var above = pricing.Of(request, request.Tokens) - pricing.Of(request, read);
        return above is < 0m ? 0m : above;
    }

    private static long Median(IEnumerable<FeatureRequest> some)
    {
        var prompts = some.Select(request => request.Tokens.Prompt).Order().ToList();
        return prompts[(prompts.Count - 1) / 2];
    }
}
