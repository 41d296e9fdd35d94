using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Spend;

namespace TokenLedger.Domain.Metrics;

/// <summary>Spend added up, by how it is known. In nano-credits.</summary>
/// <param name="NanoCredits">What is known of it.</param>
/// <param name="SettledNanoCredits">Of that, by a final bill.</param>
/// <param name="ProvisionalNanoCredits">Of that, by a bill that may still change.</param>
/// <param name="EstimatedNanoCredits">Of that, by estimates alone.</param>
/// <param name="UnknownLines">Lines without a price: with any, the sum is unknown.</param>
public readonly record struct MoneySum(
    long NanoCredits, long SettledNanoCredits, long ProvisionalNanoCredits, long EstimatedNanoCredits,
    int UnknownLines)
{
    private const decimal Hundred = 100m;

    /// <summary>What is known of it in US dollars, exact.</summary>
    public decimal KnownUsd => AiCredits.UsdFromNanoCredits(NanoCredits);

    /// <summary>Percent by a final bill; null when nothing is known.</summary>
    public decimal? SettledPercent => PercentOf(SettledNanoCredits);

    /// <summary>Percent by a bill that may still change; null when nothing is known.</summary>
    public decimal? ProvisionalPercent => PercentOf(ProvisionalNanoCredits);

    /// <summary>Percent by estimates alone; null when nothing is known.</summary>
    public decimal? EstimatedPercent => PercentOf(EstimatedNanoCredits);

    /// <summary>The sum of lines.</summary>
    public static MoneySum Of(IEnumerable<SpendLine> lines) => lines.Aggregate(
        default(MoneySum), (sum, line) => sum + Of(line));

    /// <summary>Both together.</summary>
    public static MoneySum operator +(MoneySum left, MoneySum right) => checked(new(
        left.NanoCredits + right.NanoCredits,
        left.SettledNanoCredits + right.SettledNanoCredits,
        left.ProvisionalNanoCredits + right.ProvisionalNanoCredits,
        left.EstimatedNanoCredits + right.EstimatedNanoCredits,
        left.UnknownLines + right.UnknownLines));

    private static MoneySum Of(SpendLine line) => (line.Gross?.NanoCredits, line.State) switch
    {
        (null, _) => new MoneySum(0, 0, 0, 0, 1),
        ({ } gross, SpendState.Settled) => new MoneySum(gross, gross, 0, 0, 0),
        ({ } gross, SpendState.Provisional) => new MoneySum(gross, 0, gross, 0, 0),
        ({ } gross, _) => new MoneySum(gross, 0, 0, gross, 0),
    };

    private decimal? PercentOf(long part) => NanoCredits > 0 ? Ratio.Of(part * Hundred, NanoCredits) : null;
}
