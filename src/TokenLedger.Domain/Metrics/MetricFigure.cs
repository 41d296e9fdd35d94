using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Metrics;

/// <summary>A metric's figure in one group.</summary>
public sealed record MetricFigure
{
    /// <summary>The value; null when the denominator is 0 or something that decides it is unknown.</summary>
    public decimal? Value { get; init; }

    /// <summary>What is known of the numerator; null where there is none.</summary>
    public decimal? Numerator { get; init; }

    /// <summary>The denominator; null where there is none.</summary>
    public decimal? Denominator { get; init; }

    /// <summary>The money in it by how it is known; null where no money is in it.</summary>
    public MoneySum? Money { get; init; }

    /// <summary>Parts of the numerator; empty for none.</summary>
    public IReadOnlyList<MetricPart> Parts { get; init; } = [];

    /// <summary>Why the value is unknown, as a stable code; null when it is known.</summary>
    public string? UnknownBecause { get; init; }

    /// <summary>The code where usage has no price.</summary>
    public const string Unpriced = "unpriced-usage";

    /// <summary>The code where it is not known what has become of a pull request.</summary>
    public const string NoOutcome = "unknown-outcome";

    /// <summary>The code where it is not known how a run ended.</summary>
    public const string NoConclusion = "unknown-conclusion";

    /// <summary>The code where lines changed are not known.</summary>
    public const string NoLines = "unknown-lines-changed";

    /// <summary>The code where Actions minutes have no money.</summary>
    public const string NoMinutes = "unknown-actions-minutes";

    /// <summary>The code where there is nothing to divide by.</summary>
    public const string Nothing = "nothing-to-count";

    /// <summary>Money alone.</summary>
    internal static MetricFigure Sum(MoneySum money, string? unknown = null) => new()
    {
        Numerator = money.KnownUsd,
        Money = money,
        UnknownBecause = unknown ?? UnknownOf(money),
        Value = (unknown ?? UnknownOf(money)) is null ? money.KnownUsd : null,
    };

    /// <summary>Money over a count.</summary>
    internal static MetricFigure Per(MoneySum money, long count, string? unknown = null) =>
        Over(money.KnownUsd, count, unknown ?? UnknownOf(money)) with { Money = money };

    /// <summary>One figure over another, times a factor.</summary>
    internal static MetricFigure Over(decimal numerator, decimal denominator, string? unknown, decimal factor = 1m)
    {
        var because = unknown ?? (denominator == 0 ? Nothing : null);
        return new MetricFigure
        {
            Numerator = numerator,
            Denominator = denominator,
            UnknownBecause = because,
            Value = because is null ? Ratio.Of(numerator * factor, denominator) : null,
        };
    }

    private static string? UnknownOf(MoneySum money) => money.UnknownLines > 0 ? Unpriced : null;
}
