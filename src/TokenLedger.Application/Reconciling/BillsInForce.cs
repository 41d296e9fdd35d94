using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Reconciling;

/// <summary>The looks at one account and day that count for a scope: the newest of each view and filter.</summary>
internal static class BillsInForce
{
    private const string CostCenterFilter = "costCenter";

    /// <summary>The observations in force, ordered by view and filter.</summary>
    /// <param name="looks">All looks of one account and day, in the order in which the ledger keeps them.</param>
    /// <param name="scope">What is asked for.</param>
    /// <param name="members">The members of the scope.</param>
    public static IReadOnlyList<Observation> Of(
        IEnumerable<Observation> looks, ReconciliationScope scope, ScopeMembers members) => [.. looks
        .GroupBy(look => (look.View, look.Filter))
        .OrderBy(group => group.Key.View)
        .ThenBy(group => group.Key.Filter, StringComparer.Ordinal)
        .Select(Newest)
        .Select(look => (Look: Narrow(look, scope, members), IsFiltered: IsFiltered(look, scope)))
        .Where(pair => pair.Look is not null)
        // An answer filtered by the cost centre and the rows of a whole answer that name it are the same money.
        .GroupBy(pair => (pair.Look!.View, pair.Look.Filter))
        .Select(group => group.OrderByDescending(pair => pair.IsFiltered).First().Look!)];

    // Of two looks at the same time the later stored one counts: the ledger keeps them in that order.
    private static Observation Newest(IEnumerable<Observation> looks) =>
        looks.Aggregate((newest, look) => look.ObservedAt >= newest.ObservedAt ? look : newest);

    private static Observation? Narrow(Observation look, ReconciliationScope scope, ScopeMembers members)
    {
        var isOuter = scope.Kind == ScopeKind.Organization && look.Account.Kind == BillingAccountKind.Enterprise;
        var isFilteredByCostCenter = IsFiltered(look, scope);
        if (!isOuter && (scope.CostCenter is null || isFilteredByCostCenter))
            return look with { Filter = isFilteredByCostCenter ? WithoutCostCenter(look.Filter) : look.Filter };
        var charges = look.Charges
            .Where(charge => !isOuter || NamesOrganization(charge, members))
            .Where(charge => scope.CostCenter is null || isFilteredByCostCenter
                || Names(charge.Dimensions.CostCenter, scope.CostCenter))
            .ToList();
        return charges.Count == 0
            ? null
            : look with
            {
                Charges = charges,
                GrossNanoCredits = charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)),
            };
    }

    private static bool NamesOrganization(Charge charge, ScopeMembers members) =>
        charge.Dimensions.Organization is { State: DimensionState.Value, Text: { } name }
            && members.HasOrganization(name);

    private static bool Names(Dimension dimension, string value) =>
        dimension.State == DimensionState.Value && dimension.Admits(value);

    private static bool IsFiltered(Observation look, ReconciliationScope scope) =>
        scope.CostCenter is { } wanted && IsFilteredBy(look.Filter, wanted);

    private static bool IsFilteredBy(string filter, string costCenter) => filter
        .Split('&')
        .Select(pair => pair.Split('=', 2))
        .Any(pair => pair.Length == 2
            && string.Equals(pair[0], CostCenterFilter, StringComparison.Ordinal)
            && string.Equals(Uri.UnescapeDataString(pair[1]), costCenter, StringComparison.OrdinalIgnoreCase));

    private static string WithoutCostCenter(string filter) => string.Join(
        '&', filter.Split('&').Where(pair => !pair.StartsWith(CostCenterFilter + "=", StringComparison.Ordinal)));
}
