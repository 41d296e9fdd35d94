using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// Makes the per-user view of <c>ai_credit/usage</c>: the users' rows, and what is left of the total as automation.
/// </summary>
/// <remarks>
/// GitHub's answer names a user only when asked for one, so what no user spent shows as total − Σ users. That
/// difference is one derived charge for each product, SKU and model; its siblings are the users' rows, and together
/// they are the total, not more money.
/// </remarks>
internal static class PerUserView
{
    public static ViewCharges? Derive(IReadOnlyList<ViewCharges> candidates, List<Notice> notices)
    {
        var total = candidates.FirstOrDefault(view => view.View == BillView.AiCreditUsage && view.IsWhole);
        var users = candidates.FirstOrDefault(view => view.View == BillView.AiCreditUsage
            && view.Filters.All(IsOneUser));
        if (total is null || users is null || total.Charges.Count == 0)
            return null;

        // Of two rows that differ only in what users' rows are not matched by, each would be less the same users.
        if (total.Charges.GroupBy(RowOf).FirstOrDefault(alike => alike.Skip(1).Any()) is { } twice)
        {
            notices.Add(Doubt($"The total has several rows of {twice.First().Sku} {twice.First().ModelText}"));
            return null;
        }

        var spent = users.Charges.ToLookup(RowOf);
        var derived = new List<Charge>();
        foreach (var charge in total.Charges)
        {
            var rest = Subtract(charge, spent[RowOf(charge)]);
            if (rest.GrossNanoCredits != 0 && Math.Sign(rest.GrossNanoCredits) != Math.Sign(charge.GrossNanoCredits))
            {
                notices.Add(Doubt($"The users' rows of {charge.Sku} {charge.ModelText} are more than the total"));
                return null;
            }

            derived.Add(rest);
        }

        var rows = total.Charges.Select(RowOf).ToHashSet();
        if (users.Charges.FirstOrDefault(charge => !rows.Contains(RowOf(charge))) is { } stray)
        {
            notices.Add(Doubt($"A user's row of {stray.Sku} {stray.ModelText} is missing in the total"));
            return null;
        }

        // The filtered rows keep their identity, so that a look at the ledger shows one row once.
        return new ViewCharges(BillView.AiCreditUsagePerUser, [""], [.. users.Charges, .. derived]);
    }

    private static Notice Doubt(string what) => new("users-exceed-total", what + "; the total alone is used.");

    private static bool IsOneUser(string filter) =>
        filter.StartsWith(Observation.UserFilter, StringComparison.Ordinal)
        && !filter.Contains('&', StringComparison.Ordinal);

    private static (string?, string?, string?, string) RowOf(Charge charge) =>
        (charge.Product, charge.Sku, charge.ModelText, charge.Dimensions.Organization.ToString());

    private static Charge Subtract(Charge total, IEnumerable<Charge> users)
    {
        var gross = total.GrossNanoCredits;
        var net = total.NetNanoCredits;
        var quantity = total.Quantity;
        foreach (var user in users)
        {
            gross = checked(gross - user.GrossNanoCredits);
            net -= user.NetNanoCredits;
            quantity -= user.Quantity;
        }

        return total with
        {
            Id = total.Id + "-automation",
            View = BillView.AiCreditUsagePerUser,
            Dimensions = total.Dimensions with { User = Dimension.Nobody },
            GrossNanoCredits = gross,
            NetNanoCredits = net,
            Quantity = quantity,
            Tokens = null,
        };
    }
}
