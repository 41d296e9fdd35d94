using System.Globalization;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Compares two views of the same money where both name the same dimensions.</summary>
internal static class ViewComparison
{
    // Views are printed with different precision: a cent, or a thousandth of the larger figure, is no disagreement.
    private const long ToleranceNanoCredits = AiCredits.NanoCreditsPerCredit;
    private const decimal ToleranceFraction = 0.001m;

    // By the names that filters have for them.
    private static readonly (string Name, Func<ChargeDimensions, Dimension> Of)[] Comparable =
    [
        ("organization", dimensions => dimensions.Organization),
        ("repository", dimensions => dimensions.Repository),
        ("user", dimensions => dimensions.User),
        ("costCenter", dimensions => dimensions.CostCenter),
        ("model", dimensions => dimensions.Model),
    ];

    /// <summary>
    /// The first disagreement in words with both figures; null when the views agree or cannot be compared.
    /// </summary>
    public static string? Disagreement(ViewCharges basis, ViewCharges check)
    {
        var grain = Comparable
            .Where(dimension => IsNamedBy(basis, dimension.Of) && IsNamedBy(check, dimension.Of))
            .ToArray();

        // A part of an account can be compared only where every row of the basis names what the part was asked by: a
        // row that does not name its repository may or may not be of the one asked for.
        var isPart = !check.IsWhole;
        if (isPart && !check.FilterNames.All(name => grain.Any(
            dimension => string.Equals(dimension.Name, name, StringComparison.Ordinal))))
            return null;
        var billed = Sum(basis, [.. grain.Select(dimension => dimension.Of)]);
        var checks = Sum(check, [.. grain.Select(dimension => dimension.Of)]);
        var keys = isPart ? checks.Keys : checks.Keys.Union(billed.Keys, StringComparer.Ordinal);
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            var left = billed.GetValueOrDefault(key);
            var right = checks.GetValueOrDefault(key);
            var larger = Math.Max(Math.Abs(left), Math.Abs(right));
            var tolerance = Math.Max(ToleranceNanoCredits, larger * ToleranceFraction);
            if (Math.Abs((decimal)left - right) > tolerance)
                return Describe(basis, check, key, left, right);
        }

        return null;
    }

    private static string Describe(ViewCharges basis, ViewCharges check, string key, long left, long right)
    {
        var place = key.Length == 0 ? "" : " for " + key;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{basis.Name} says {AiCredits.FromNanoCredits(left)} AI credits{place}, ")
            + string.Create(CultureInfo.InvariantCulture, $"{check.Name} says {AiCredits.FromNanoCredits(right)}.");
    }

    private static bool IsNamedBy(ViewCharges view, Func<ChargeDimensions, Dimension> dimension) =>
        view.Charges.Count > 0 && view.Charges.All(charge => dimension(charge.Dimensions).IsNamed);

    private static Dictionary<string, long> Sum(ViewCharges view, Func<ChargeDimensions, Dimension>[] grain)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var charge in view.Charges)
        {
            var named = grain.Select(dimension => dimension(charge.Dimensions).ToString().ToLowerInvariant());
            var key = string.Join(' ', named);
            sums[key] = checked(sums.GetValueOrDefault(key) + charge.GrossNanoCredits);
        }

        return sums;
    }
}
