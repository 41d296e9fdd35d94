using System.Globalization;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>A slice of usage with its estimate: what takes part in the allocation of a bill.</summary>
/// <remarks>
/// The key is run, day, phase, purpose, channel, model, automatic selection, service tier and context band; the payer
/// is the run's own.
/// </remarks>
public sealed record PricedSlice
{
    /// <summary>The context band of prompts below any long-context threshold.</summary>
    public const string DefaultBand = "default";

    /// <summary>The context band above a threshold of the price book.</summary>
    public const string LongBand = "long";

    /// <summary>The run attempt.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The run's phase.</summary>
    public required Phase Phase { get; init; }

    /// <summary>What the requests were for.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>Who bills.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The normalised model name.</summary>
    public required string Model { get; init; }

    /// <summary>Whether automatic selection chose the model.</summary>
    public required bool IsAutoSelected { get; init; }

    /// <summary>The service tier.</summary>
    public required string ServiceTier { get; init; }

    /// <summary><see cref="DefaultBand"/> or <see cref="LongBand"/>.</summary>
    public required string ContextBand { get; init; }

    /// <summary>Whether its requests were longer than a threshold of the price book.</summary>
    public bool IsLongContext => string.Equals(ContextBand, LongBand, StringComparison.Ordinal);

    /// <summary>The road by which the tokens became known; the least of its parts.</summary>
    public required UsageEvidence Evidence { get; init; }

    /// <summary>Requests counted; 0 where only totals are known.</summary>
    public required long Requests { get; init; }

    /// <summary>The sum of request durations.</summary>
    public required long DurationMilliseconds { get; init; }

    /// <summary>The tokens by kind.</summary>
    public required TokenCounts Tokens { get; init; }

    /// <summary>The estimate by kind; null when unpriced.</summary>
    public KindCredits? EstimatedAiCredits { get; init; }

    /// <summary>The upper end of the estimate where the log leaves two readings; null when unpriced.</summary>
    public decimal? HighEstimatedAiCredits { get; init; }

    /// <summary>Why there is no estimate; null when priced.</summary>
    public UnpricedReason? Unpriced { get; init; }

    /// <summary>Whether the run was made by a release that was withdrawn over its figures.</summary>
    public bool IsOfWithdrawnRelease { get; init; }

    /// <summary>
    /// Anthropic's workspace, from configuration; null when unknown, and then no named workspace matches.
    /// </summary>
    public string? Workspace { get; init; }

    /// <summary>OpenAI's project, from configuration; null when unknown, and then no named project matches.</summary>
    public string? Project { get; init; }

    /// <summary>The API key's id, from configuration; null when unknown, and then no named key matches.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The cost centre, from configuration; null when unknown, and then any cost centre matches.</summary>
    public string? CostCenter { get; init; }

    /// <summary>
    /// The full key as text, for messages and tests. Order and equality of keys: <see cref="PricedSliceOrder"/>.
    /// </summary>
    public string Key => string.Join(
        '|', Run.Key, Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Phase, Purpose, Channel, Model,
        IsAutoSelected ? "auto" : "named", ServiceTier, ContextBand);
}
