using System.Runtime.InteropServices;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;
using TokenLedger.Ingestion.TokenLogs.Records;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>
/// Makes records comparable: cache convention, disjoint kinds, slice, fingerprint. Pure but for its caches.
/// </summary>
/// <param name="attempts">The starts of the run's attempts.</param>
/// <param name="prices">Names and prices.</param>
/// <param name="context">The file the records are in.</param>
/// <param name="evidence">The road they came by.</param>
internal sealed class RecordInterpreter(
    AttemptWindows attempts, PriceBook prices, UsageFileContext context, UsageEvidence evidence)
{
    private readonly RouteTable routes = new(prices.Names, context, evidence);

    /// <summary>Whether records of this file and road are this interpreter's.</summary>
    public bool IsFor(UsageFileContext otherContext, UsageEvidence otherEvidence) =>
        otherEvidence == evidence && otherContext == context;

    /// <summary>Interprets one record.</summary>
    public void Interpret(in TokenUsageRecord record, int line, out UsageLine usage)
    {
        var route = routes.Of(record);
        var day = (int)(record.Timestamp.UtcTicks / TimeSpan.TicksPerDay);
        var output = OutputOf(record, route.Channel);
        var question = new CacheQuestion(
            route.Traits, record.InputTokensIncludeCache, record.Streaming, record.InputTokens, output,
            record.CacheReadTokens, record.CacheWriteTokens, record.CacheWrite1hTokens);
        var decision = CacheConvention.Decide(question, new CreditEvidence(
            prices, route.Channel, route.Model, route.IsAutoSelected, DateOnly.FromDayNumber(day),
            record.AiCreditsThisResponse));
        var inside = decision.Reading == CacheReading.Exclusive ? 0 : question.Cached;
        var tokens = new TokenCounts(
            record.InputTokens - inside, output, record.CacheReadTokens, record.CacheWriteTokens,
            record.CacheWrite1hTokens, Math.Min(record.ReasoningTokens, output));
        // Field by field, because a whole struct would be built aside and copied.
        usage.Slot = route.SlotOf(day, attempts.Of(record.Timestamp, context.Attempt), tokens.Prompt);
        usage.Identity = record.RequestIdHash;
        usage.Fingerprint = record.ContentFingerprint != 0 ? record.ContentFingerprint : FingerprintOf(record, route);
        usage.Tokens = tokens;
        usage.UnresolvedCacheTokens = decision.Reading == CacheReading.Unresolved ? inside : 0;
        usage.TimestampTicks = record.Timestamp.UtcTicks;
        usage.DurationMilliseconds = record.DurationMilliseconds;
        usage.ReportedAiCredits = record.AiCreditsThisResponse;
        usage.Line = line;
        usage.CacheRule = decision.Rule;
        usage.IsCacheWriteSplitInconsistent = record.IsCacheWriteSplitInconsistent;
        usage.IsWebSocket = record.Status == RecordValues.WebSocketStatus;
    }

    private static long OutputOf(in TokenUsageRecord record, Channel channel) =>
        channel.CountsReasoningBesideOutput ? record.OutputTokens + record.ReasoningTokens : record.OutputTokens;

    // By digits and scale: a copy of a record spells its figure alike.
    private static ulong StirCredits(ulong hash, decimal credits)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(credits, bits);
        var words = MemoryMarshal.Cast<int, ulong>(bits);
        return ContentHash.Stir(hash, words[0], words[1]);
    }

    private static ulong FingerprintOf(in TokenUsageRecord record, Route route)
    {
        unchecked
        {
            var flags = (ulong)(uint)record.Status
                | (record.Streaming switch { null => 0UL, false => 1UL << 32, true => 2UL << 32 })
                | (record.InputTokensIncludeCache switch { null => 0UL, false => 1UL << 34, true => 2UL << 34 });
            // Each pair is stirred for itself, so that the multiplications need not wait for one another; the seeds
            // tell the places apart.
            var hash = ContentHash.Stir(route.Fingerprint, (ulong)record.Timestamp.UtcTicks, flags)
                + ContentHash.Stir(1, (ulong)record.InputTokens, (ulong)record.OutputTokens)
                + ContentHash.Stir(2, (ulong)record.CacheReadTokens, (ulong)record.CacheWriteTokens)
                + ContentHash.Stir(3, (ulong)record.CacheWrite1hTokens, (ulong)record.ReasoningTokens)
                + ContentHash.Stir(4, (ulong)record.DurationMilliseconds, 0);
            return record.AiCreditsThisResponse is { } credits ? StirCredits(hash, credits) : hash;
        }
    }
}
