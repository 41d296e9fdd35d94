using System.Globalization;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>How far shares of each grade are from the truth, over many worlds.</summary>
public sealed class GradeTable(IEnumerable<GradedError> errors)
{
    private readonly Dictionary<Confidence, List<GradedError>> byGrade = errors
        .GroupBy(error => error.Grade)
        .ToDictionary(grade => grade.Key, grade => grade.OrderBy(error => error.Fraction).ToList());

    /// <summary>The difference that so many of 100 shares of a grade do not exceed; 0 where there is none.</summary>
    public double Percentile(Confidence grade, int percent) => byGrade.TryGetValue(grade, out var sorted)
        ? sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)].Fraction
        : 0;

    /// <summary>How many shares have a grade.</summary>
    public int Count(Confidence grade) => byGrade.GetValueOrDefault(grade)?.Count ?? 0;

    /// <summary>The shares of a grade that are furthest from the truth.</summary>
    public IEnumerable<GradedError> Worst(Confidence grade) =>
        byGrade.GetValueOrDefault(grade)?.AsEnumerable().Reverse().Take(5) ?? [];

    /// <summary>The table.</summary>
    public override string ToString() => string.Join('\n', Enum.GetValues<Confidence>().Reverse().Select(grade =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{grade,-7} {Count(grade),7} shares, off by {Percentile(grade, 50):P3} "
            + $"(median), {Percentile(grade, 95):P3} (95 %), {Percentile(grade, 100):P3} (most)")));
}
