namespace TokenLedger.Application.Reports;

/// <summary>Rounds a column for people so that what is shown adds up to the total that is shown.</summary>
/// <remarks>
/// Only what is printed: exact figures stand in JSON. A cell may differ from its own rounding by one last digit.
/// </remarks>
internal static class AddingUp
{
    public static IReadOnlyList<decimal?> Round(IReadOnlyList<decimal?> parts, decimal total, int decimals)
    {
        var unit = 1m;
        for (var i = 0; i < decimals; i++)
            unit /= 10m;
        if (parts.Sum(part => part ?? 0) != total)
            return [.. parts.Select(
                part => part is { } value ? decimal.Round(value, decimals, MidpointRounding.ToEven) : part)];
        var rounded = parts.Select(part => part is { } value ? decimal.Floor(value / unit) * unit : part).ToArray();
        // Floor loses less than one unit a part, so the missing units are fewer than the parts.
        var missing = (
            int)((decimal.Round(total, decimals, MidpointRounding.ToEven) - rounded.Sum(part => part ?? 0)) / unit);
        foreach (var index in Enumerable.Range(0, parts.Count)
            .Where(index => parts[index] is not null)
            .OrderByDescending(index => parts[index] - rounded[index])
            .Take(Math.Max(0, missing)))
            rounded[index] += unit;
        return rounded;
    }
}
