using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Explaining;

/// <summary>The figures of a node: an estimate, a bill, or both. Null is unknown, and never 0.</summary>
/// <remarks>
/// A figure that a node does not tell of (the estimate of a bill's line) is not unknown: it is not there. Sums are
/// those of the artifact: what is unknown of an estimate or a gross is left out, one unknown net makes the net unknown.
/// </remarks>
public readonly record struct ExplanationFigures
{
    /// <summary>A node without figures.</summary>
    public static readonly ExplanationFigures None;

    /// <summary>Whether the node tells of an estimate.</summary>
    public bool TellsEstimate { get; private init; }

    /// <summary>Whether the node tells of a bill.</summary>
    public bool TellsBill { get; private init; }

    /// <summary>The estimate in AI credits.</summary>
    public decimal? EstimatedAiCredits { get; private init; }

    /// <summary>The gross billed, in nano-credits.</summary>
    public long? GrossNanoCredits { get; private init; }

    /// <summary>The net billed, in nano-credits.</summary>
    public long? NetNanoCredits { get; private init; }

    /// <summary>The gross billed, in AI credits.</summary>
    public decimal? BilledAiCredits => Billed?.AiCredits;

    /// <summary>The gross billed, in US dollars.</summary>
    public decimal? BilledGrossUsd => Billed?.GrossUsd;

    /// <summary>The net billed, in US dollars.</summary>
    public decimal? BilledNetUsd => Billed?.NetUsd;

    private BilledSum? Billed => GrossNanoCredits is { } gross ? new BilledSum(gross, NetNanoCredits) : null;

    /// <summary>An estimate alone.</summary>
    public static ExplanationFigures OfEstimate(decimal? aiCredits) =>
        new() { TellsEstimate = true, EstimatedAiCredits = aiCredits };

    /// <summary>A bill alone.</summary>
    public static ExplanationFigures OfBill(long? grossNanoCredits, long? netNanoCredits) => new()
    {
        TellsBill = true,
        GrossNanoCredits = grossNanoCredits,
        NetNanoCredits = grossNanoCredits is null ? null : netNanoCredits,
    };

    /// <summary>Both.</summary>
    public static ExplanationFigures OfBoth(decimal? estimate, long? grossNanoCredits, long? netNanoCredits) =>
        OfBill(grossNanoCredits, netNanoCredits) with { TellsEstimate = true, EstimatedAiCredits = estimate };

    /// <summary>The sum of parts. It tells of what any part tells of.</summary>
    public static ExplanationFigures SumOf(IEnumerable<ExplanationFigures> parts)
    {
        var sum = None;
        foreach (var part in parts)
        {
            sum = new ExplanationFigures
            {
                TellsEstimate = sum.TellsEstimate || part.TellsEstimate,
                TellsBill = sum.TellsBill || part.TellsBill,
                EstimatedAiCredits = sum.EstimatedAiCredits is { } known
                    ? known + (part.EstimatedAiCredits ?? 0m)
                    : part.EstimatedAiCredits,
                GrossNanoCredits = sum.GrossNanoCredits is { } gross
                    ? checked(gross + (part.GrossNanoCredits ?? 0))
                    : part.GrossNanoCredits,
                NetNanoCredits = sum.GrossNanoCredits is null ? part.NetNanoCredits
                    : part.GrossNanoCredits is null ? sum.NetNanoCredits
                    : checked(sum.NetNanoCredits + part.NetNanoCredits),
            };
        }

        return sum;
    }

    /// <summary>The same, telling of an estimate and a bill even where no part does.</summary>
    public static ExplanationFigures SumOfBoth(IEnumerable<ExplanationFigures> parts) =>
        SumOf(parts) with { TellsEstimate = true, TellsBill = true };
}
