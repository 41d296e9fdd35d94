using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Picks, for each SKU family of one account and day, the one view whose money counts.</summary>
/// <remarks>
/// 1. Observations become candidates: whole views in order of rank, then views of which only filtered parts are known,
///    the ones asked by fewer names first.
/// 2. The first candidate with charges of the family is its basis.
/// 3. Every other candidate is a check, compared where both name the same dimensions.
/// Two views are never added together.
/// </remarks>
internal static class BasisSelector
{
    public static BillBasis Select(IReadOnlyList<Observation> observations)
    {
        var notices = new List<Notice>();
        var disputed = new HashSet<SkuFamily>();
        var charges = new List<ReconciledCharge>();
        foreach (var family in Enum.GetValues<SkuFamily>())
        {
            if (family == SkuFamily.TokenCounts)
            {
                charges.AddRange(CountsIn(observations));
                continue;
            }

            var candidates = CandidatesOf(family, observations, notices);

            if (candidates.Find(candidate => candidate.Charges.Count > 0) is not { } basis)
                continue;
            charges.AddRange(basis.Charges.Select(charge => new ReconciledCharge(charge, ChargeRole.Basis)));
            if (!basis.IsWhole)
                notices.Add(new Notice("partial-bill", $"Only parts of the bill are known: {basis.Name}."));
            foreach (var check in candidates.Where(candidate => !ReferenceEquals(candidate, basis)))
            {
                charges.AddRange(check.Charges.Select(charge => new ReconciledCharge(charge, ChargeRole.Check)));
                if (ViewComparison.Disagreement(basis, check) is not { } disagreement)
                    continue;
                disputed.Add(family);
                notices.Add(new Notice("views-disagree", disagreement));
            }
        }

        if (UnmappedIn(charges) is { } unmapped)
            notices.Add(unmapped);
        // The parts that a derived view was made of stand in it under their own ids: each row is shown once, as what it
        // counts for.
        return new BillBasis(
            [.. charges
                .GroupBy(charge => charge.Charge.Id, StringComparer.Ordinal)
                .Select(rows => rows.MinBy(row => row.Role)!)
                .OrderBy(row => row.Charge.Id, StringComparer.Ordinal)],
            disputed,
            notices);
    }

    // Counts of which rows could not be read, or that are older than the bill beside them, would equal ours by mistake:
    // both grow while a day is young.
    private static IEnumerable<ReconciledCharge> CountsIn(IReadOnlyList<Observation> observations)
    {
        var billed = observations
            .Where(look => BillViewName.ShowsMoney(look.View))
            .Select(look => look.UnchangedSince)
            .DefaultIfEmpty(DateTimeOffset.MinValue)
            .Max();
        return observations
            .Where(look => !look.IsIncomplete && look.ObservedAt >= billed)
            .SelectMany(look => look.Charges)
            .Where(charge => charge.Family == SkuFamily.TokenCounts)
            .Select(charge => new ReconciledCharge(charge, ChargeRole.Check));
    }

    private static List<ViewCharges> CandidatesOf(
        SkuFamily family, IReadOnlyList<Observation> observations, List<Notice> notices)
    {
        var candidates = new List<ViewCharges>();
        foreach (var view in observations.GroupBy(seen => seen.View))
        {
            foreach (var filtered in view.GroupBy(
                seen => string.Join('&', ViewCharges.NamesIn(seen.Filter)), StringComparer.Ordinal))
            {
                var parts = filtered.OrderBy(seen => seen.Filter, StringComparer.Ordinal).ToList();
                var candidate = new ViewCharges(
                    view.Key,
                    [.. parts.Select(seen => seen.Filter).Distinct(StringComparer.Ordinal)],
                    [.. parts
                        .SelectMany(seen => seen.Charges)
                        .Where(charge => charge.Family == family)
                        .DistinctBy(charge => charge.Id, StringComparer.Ordinal)]);

                // A view that has nothing of a family says "nothing was billed" only where it would show it.
                if (candidate.Charges.Count > 0 || Shows(view.Key, family))
                    candidates.Add(candidate);
            }
        }

        if (PerUserView.Derive(candidates, notices) is { } perUser)
            candidates.Add(perUser);
        return [.. candidates
            .OrderBy(candidate => candidate.IsWhole ? 0 : 1)
            .ThenBy(candidate => candidate.View)
            .ThenBy(candidate => candidate.FilterNames.Count)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)];
    }

    // What stands on OpenAI's bill under a name that is not understood may be tokens, and no run gets any of it.
    private static Notice? UnmappedIn(IEnumerable<ReconciledCharge> charges)
    {
        var unmapped = charges
            .Where(row => row is
            {
                Role: ChargeRole.Basis,
                Charge: { View: BillView.OrganizationCosts, Family: SkuFamily.Tokens, Category: ChargeCategory.Other },
            })
            .Select(row => row.Charge)
            .ToList();
        if (unmapped.Count == 0)
            return null;
        var items = unmapped.Select(charge => charge.Sku).Distinct(StringComparer.Ordinal).Count();
        var gross = unmapped.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));
        var usd = AiCredits.UsdFromNanoCredits(gross);
        return new Notice("unmapped-line-items", FormattableString.Invariant(
            $"Line items that are not understood: {items}. No run gets any of their {usd:0.###########} USD."));
    }

    private static bool Shows(BillView view, SkuFamily family) => view switch
    {
        BillView.AiCreditReport or BillView.AiCreditUsage or BillView.AiCreditUsagePerUser =>
            family == SkuFamily.AiCredits,
        BillView.PremiumRequestReport or BillView.PremiumRequestUsage => family == SkuFamily.PremiumRequests,
        _ when !BillViewName.ShowsMoney(view) => false,
        _ => true,
    };
}
