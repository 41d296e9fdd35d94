using System.Globalization;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Findings;

/// <summary>How figures are compared and told.</summary>
internal static class FindingFigures
{
    /// <summary>The evidence of an amount, exact.</summary>
    public static (string Name, string Value) Credits(string name, long nanoCredits) =>
        (name, AiCredits.FromNanoCredits(nanoCredits).ToString("0.#########", CultureInfo.InvariantCulture));

    /// <summary>The evidence of a count.</summary>
    public static (string Name, string Value) Count(string name, long count) =>
        (name, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The evidence of a ratio, to six digits after the point.</summary>
    public static (string Name, string Value) Ratio(string name, decimal ratio) =>
        (name, ratio.ToString("0.######", CultureInfo.InvariantCulture));

    /// <summary>An amount in a sentence.</summary>
    public static string Say(long nanoCredits) =>
        AiCredits.FromNanoCredits(nanoCredits).ToString("#,0.0", CultureInfo.InvariantCulture) + " AI credits";

    /// <summary>A share in a sentence.</summary>
    public static string Percent(decimal share) =>
        (share * 100m).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Whole AI credits as nano-credits.</summary>
    public static long Credits(long credits) => checked(credits * AiCredits.NanoCreditsPerCredit);

    /// <summary>The sum, checked.</summary>
    public static long Sum(IEnumerable<long> amounts) => amounts.Aggregate(0L, (sum, one) => checked(sum + one));

    /// <summary>The lower median of amounts: one of them, so that nothing is divided.</summary>
    public static long Median(IReadOnlyCollection<long> amounts) => amounts.Order().ElementAt((amounts.Count - 1) >> 1);

    /// <summary>
    /// How far amounts usually are from their median, as a factor from 1 on: the median of the larger over the smaller.
    /// </summary>
    /// <remarks>
    /// The median absolute deviation in the measure that costs of runs follow: they differ by factors, not by sums.
    /// </remarks>
    public static decimal Spread(IReadOnlyCollection<long> amounts, long median) => amounts
        .Select(amount => amount <= 0 || median <= 0 ? decimal.MaxValue
            : Allocation.Ratio.Of(Math.Max(amount, median), Math.Min(amount, median)))
        .Order()
        .ElementAt(amounts.Count >> 1);

    /// <summary>The ratio of two figures.</summary>
    public static decimal Over(decimal part, decimal whole) => Allocation.Ratio.Of(part, whole);
}
