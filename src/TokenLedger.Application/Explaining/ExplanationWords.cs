using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>Codes and enumeration values in sentences.</summary>
internal static class ExplanationWords
{
    /// <summary>How a share was found.</summary>
    public static string Of(AllocationMethod method) => method switch
    {
        AllocationMethod.ProRata => "the bucket is the agents' own and completely known: split whole, by estimates",
        AllocationMethod.Matched =>
            "the line names a place of the agents, or its tokens are theirs: the estimate, at most what was billed",
        AllocationMethod.PricedWithinBill =>
            "others may have spent on the line too: the estimate, at most what was billed",
        AllocationMethod.ByTokens => "the model has no price: split by tokens, weighed by their kind",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method."),
    };

    /// <summary>How far a grade goes.</summary>
    public static string Of(Confidence confidence) => confidence switch
    {
        Confidence.Exact => "within 0.1 % either way",
        Confidence.High => "within 5 % either way",
        Confidence.Medium => "within a quarter either way",
        Confidence.Low => "something needed is unknown: anything up to the whole charge",
        _ => throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Not a grade."),
    };

    /// <summary>The sentence of a reason of a grade; the code itself where a later version stored one.</summary>
    public static string OfConfidenceReason(string code) => code switch
    {
        ConfidenceReason.CacheConventionUnresolved =>
            "The log does not tell whether cached tokens are inside the input, so the estimate has two ends.",
        ConfidenceReason.CappedInAccountWideBucket =>
            "The line is the whole account's, and more was billed on it than the runs' estimates reach.",
        ConfidenceReason.CostCenterUnknown => "The line names a cost centre, and the run's is not known.",
        ConfidenceReason.DriftOver25Percent => "Bill and estimates differ by more than 25 %.",
        ConfidenceReason.DriftOver5Percent => "Bill and estimates differ by more than 5 %.",
        ConfidenceReason.PayerUnknown => "Nobody said which wallet the run draws on.",
        ConfidenceReason.RunsWithoutTelemetry => "Known runs that may have spent on the line left no log.",
        ConfidenceReason.SharedBucket => "People or other tools may have spent on the line too.",
        ConfidenceReason.SplitByEstimate => "Several pieces of usage share the line and are told apart by estimates.",
        ConfidenceReason.UnpricedUsage => "Usage that may be on the line has no price.",
        ConfidenceReason.ViewsDisagree => "Two views of the same bill show different sums.",
        ConfidenceReason.WithdrawnRelease => "The run was made by a release that was withdrawn over its figures.",
        _ => code,
    };

    /// <summary>Why no run answers for a part of a bill.</summary>
    public static string Of(UnallocatedReason reason) => reason switch
    {
        UnallocatedReason.OtherUsage => "Others share the line, and the runs' estimates do not explain this part.",
        UnallocatedReason.RunsWithoutTelemetry => "The line is the agents' own, and known runs of it left no log.",
        UnallocatedReason.UnpricedUsage => "Known usage of the line has no price.",
        UnallocatedReason.NoTelemetry => "Nothing that the ledger knows can be meant by the line.",
        UnallocatedReason.ZeroWeight => "Runs match the line, and used nothing that has a price above 0.",
        UnallocatedReason.NotAgentUsage => "The line is no agent usage: code review, the cloud agent, seats.",
        UnallocatedReason.NoJobMinutes => "Actions minutes are not split over runs.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>Why usage has no estimate.</summary>
    public static string Of(UnpricedReason reason) => reason switch
    {
        UnpricedReason.UnknownModel => "The price book does not know the model: name its price with --prices.",
        UnpricedReason.NoPriceOnDay => "The price book has no price of the model on that day.",
        UnpricedReason.NoPriceForKind => "The price book lacks the price of a kind of token that was used.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>Why a day is not as final as its looks would make it.</summary>
    public static string Of(SettlementReason reason) => reason switch
    {
        SettlementReason.NoBillForUsage => "Runs used something, and the bill shows nothing: such a day never settles.",
        SettlementReason.Unreachable => "The bill could not be read to the end while it was asked for.",
        SettlementReason.StillChanging => "The bill still changed when it was asked for last.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>How the tokens became known.</summary>
    public static string Of(UsageEvidence evidence) => evidence switch
    {
        UsageEvidence.ProxyRecords => "one record a request of the proxy",
        UsageEvidence.SessionRecords => "the proxy's records inside the agent's session",
        UsageEvidence.SessionTotals => "the totals at the end of the agent's session",
        UsageEvidence.Summary => "a summary of the run",
        _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence, "Not a road."),
    };

    /// <summary>A kind of token.</summary>
    public static string Of(TokenKind kind) => kind switch
    {
        TokenKind.Input => "input tokens",
        TokenKind.Output => "output tokens",
        TokenKind.CacheRead => "cache read tokens",
        TokenKind.CacheWrite5m => "cache write tokens, 5 minutes",
        TokenKind.CacheWrite1h => "cache write tokens, 1 hour",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a token kind."),
    };

    /// <summary>Why no bill answers for a slice, as the artifact spells its state; null where one does.</summary>
    public static string? OfState(string state) => state switch
    {
        "unpriced" => "No share of a bill is recorded for it, and it has no price.",
        "estimated" => "No share of a bill is recorded for it yet: the estimate is all there is.",
        "estimated(no-bill-source)" =>
            "No bill of this channel is recorded for the run's days or configured: the estimate is all there is.",
        _ => null,
    };
}
