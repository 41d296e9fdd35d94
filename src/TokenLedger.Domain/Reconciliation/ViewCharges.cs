using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The charges of one family as one view shows them: a candidate for the basis, or a check of it.</summary>
/// <param name="View">The view.</param>
/// <param name="Filters">The filters of the observations it is made of; one empty string for the whole account.</param>
/// <param name="Charges">The charges.</param>
internal sealed record ViewCharges(BillView View, IReadOnlyList<string> Filters, IReadOnlyList<Charge> Charges)
{
    /// <summary>Whether it shows the whole account and not parts that were asked for.</summary>
    public bool IsWhole => Filters.Contains("", StringComparer.Ordinal);

    /// <summary>
    /// The names of what its parts were asked by (<c>user</c>), the same for each; empty for the whole account.
    /// </summary>
    public IReadOnlyList<string> FilterNames => NamesIn(Filters[0]);

    /// <summary>The names in a filter, in its order.</summary>
    public static IReadOnlyList<string> NamesIn(string filter) =>
        [.. filter.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0])];

    public string Name => IsWhole ? View.ToString() : $"{View} ({string.Join(", ", Filters)})";

    public long GrossNanoCredits => Charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));
}
