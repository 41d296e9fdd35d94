using TokenLedger.Application.Days;
using System.Globalization;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Application.Artifacts;

/// <summary>The laws of an artifact.</summary>
/// <remarks>
/// 1. Charge ids are unique and every reference has its charge. 2. For each basis charge, shares and unallocated parts
/// add up to it; a check charge has neither. 3. Models are the sum of their shares, runs of their models. 4. Totals are
/// the sums of what stands below them. 5. Gross credits are gross dollars × 100, everywhere.
/// </remarks>
internal static class ArtifactSums
{
    private const string Basis = "basis";

    public static IEnumerable<string> Problems(ReconciliationDocument document)
    {
        var charges = document.Charges.ToLookup(charge => charge.Id, StringComparer.Ordinal);
        var runs = document.Runs.ToLookup(KeyOf, StringComparer.Ordinal);
        return charges.Where(same => same.Skip(1).Any()).Select(same => $"charge {same.Key}: the id is not unique.")
            .Concat(runs.Where(same => same.Skip(1).Any()).Select(same => $"run {same.Key}: the run is not unique."))
            .Concat(ChargeProblems(document, charges))
            .Concat(document.Runs.SelectMany(RunProblems))
            .Concat(TotalProblems(document))
            .Concat(ComponentProblems(document, charges))
            .Concat(document.CreditPools.Where(pool => pool.UsedUsd is null
                    ? pool is not { LeftUsd: null, BilledGrossUsd: null, BilledThrough: null }
                    : pool.UsedUsd + pool.LeftUsd != pool.GrantedUsd || pool.UsedUsd < 0 || pool.LeftUsd < 0)
                .Select(pool => $"credit pool {pool.Name}: usedUsd + leftUsd is not grantedUsd."));
    }

    private static IEnumerable<string> ChargeProblems(
        ReconciliationDocument document, ILookup<string, ChargeEntry> charges)
    {
        var parts = document.Runs
            .SelectMany(run => run.Models)
            .SelectMany(model => model.Shares)
            .Select(share => (share.ChargeId, Tally: Of(share)))
            .Concat(document.Unallocated.Select(part => (part.ChargeId, Tally: Of(part))))
            .ToLookup(part => part.ChargeId, part => part.Tally, StringComparer.Ordinal);
        foreach (var part in parts.Where(part => !charges.Contains(part.Key)))
            yield return $"charge {part.Key}: a share or unallocated part names it, but it is not in charges.";
        foreach (var charge in document.Charges)
        {
            if (IsCount(charge))
            {
                if (parts.Contains(charge.Id) || !IsWithoutMoney(charge))
                    yield return $"charge {charge.Id}: a count of tokens has neither money nor parts.";
                continue;
            }

            foreach (var problem in UnitProblems(Of(charge), $"charge {charge.Id}"))
                yield return problem;
            if (charge.DiscountUsd != charge.BilledGrossUsd - charge.BilledNetUsd)
                yield return $"charge {charge.Id}: discountUsd is not billedGrossUsd − billedNetUsd.";
            if (string.Equals(charge.Role, Basis, StringComparison.Ordinal))
            {
                // A charge of nothing needs no part; one whose net is unknown still has to say so in its parts.
                var sum = parts.Contains(charge.Id) ? Tally.Sum(parts[charge.Id])
                    : Tally.Nothing with { NetUsd = charge.BilledNetUsd is null ? null : 0 };
                foreach (var problem in sum.DifferencesTo(Of(charge), $"charge {charge.Id}"))
                    yield return problem;
            }
            else if (parts.Contains(charge.Id))
            {
                yield return $"charge {charge.Id}: its money is counted by another view, so a check has no parts.";
            }
        }
    }

    private static IEnumerable<string> RunProblems(RunEntry run)
    {
        var key = KeyOf(run);
        foreach (var model in run.Models)
        {
            var subject = $"run {key}, {model.Model}";
            foreach (var problem in SumProblems(
                [.. model.Shares.Select(Of)], model.BilledAiCredits, model.BilledGrossUsd, model.BilledNetUsd, subject))
                yield return problem;
            foreach (var problem in model.Shares.SelectMany(share => UnitProblems(Of(share), subject)))
                yield return problem;
        }

        foreach (var problem in SumProblems(
            [.. run.Models.SelectMany(model => model.Shares).Select(Of)],
            run.BilledAiCredits,
            run.BilledGrossUsd,
            run.BilledNetUsd,
            $"run {key}"))
            yield return problem;
        var estimates = run.Models.Select(model => model.EstimatedAiCredits).OfType<decimal>().ToList();
        var estimated = estimates.Count == 0 ? (decimal?)null : estimates.Sum();
        if (estimated != run.EstimatedAiCredits)
            yield return $"run {key}: estimatedAiCredits is not the sum of its models.";
    }

    // Nothing billed is null, because 0 would say that a bill was seen and showed nothing.
    private static IEnumerable<string> SumProblems(
        IReadOnlyList<Tally> parts, decimal? credits, decimal? gross, decimal? net, string subject)
    {
        if (parts.Count == 0)
            return credits is null && gross is null && net is null ? []
                : [$"{subject}: billed figures without a share."];
        if (credits is null || gross is null)
            return [$"{subject}: shares without billed figures."];
        var stated = new Tally(credits.Value, gross.Value, net);
        return Tally.Sum(parts).DifferencesTo(stated, subject).Concat(UnitProblems(stated, subject));
    }

    private static IEnumerable<string> TotalProblems(ReconciliationDocument document)
    {
        var totals = document.Totals;
        foreach (var problem in BilledTotalProblems(document))
            yield return problem;
        var estimates = document.Runs.Select(run => run.EstimatedAiCredits).OfType<decimal>().ToList();
        if ((estimates.Count == 0 ? (decimal?)null : estimates.Sum()) != totals.EstimatedAiCredits)
            yield return "totals: estimatedAiCredits is not the sum of the runs.";
        if (document.Runs.Count != totals.Runs)
            yield return "totals: runs is not the number of runs.";
        if (document.Runs.Count(run => run.Models.Count > 0) != totals.RunsWithTelemetry)
            yield return "totals: runsWithTelemetry is not the number of runs with models.";
    }

    private static IEnumerable<string> BilledTotalProblems(ReconciliationDocument document)
    {
        var totals = document.Totals;
        if (!IsSeen(document, Components.AiUsage))
        {
            decimal?[] figures =
            [
                totals.BilledAiCredits, totals.BilledGrossUsd, totals.BilledNetUsd, totals.AllocatedAiCredits,
                totals.UnallocatedAiCredits,
            ];
            if (Array.Exists(figures, figure => figure is not null))
                yield return "totals: billed figures, but no bill was seen.";
            yield break;
        }

        if (totals.BilledAiCredits is not { } credits || totals.BilledGrossUsd is not { } gross)
        {
            yield return "totals: a bill was seen, but billed figures are null.";
            yield break;
        }

        var usage = document.Charges
            .Where(charge => string.Equals(charge.Component, Components.AiUsage, StringComparison.Ordinal))
            .Where(charge => string.Equals(charge.Role, Basis, StringComparison.Ordinal));
        var stated = new Tally(credits, gross, totals.BilledNetUsd);
        foreach (var problem in Tally.Sum(usage.Select(Of)).DifferencesTo(stated, "totals")
            .Concat(UnitProblems(stated, "totals")))
            yield return problem;
        if (totals.AllocatedAiCredits + totals.UnallocatedAiCredits != credits)
            yield return "totals: allocatedAiCredits + unallocatedAiCredits is not billedAiCredits.";
        if (document.Runs.Sum(run => run.BilledAiCredits ?? 0) != totals.AllocatedAiCredits)
            yield return "totals: allocatedAiCredits is not the sum of the runs.";
    }

    // The same rule by which the totals are made: an empty answer about AI usage is an answer.
    private static bool IsSeen(ReconciliationDocument document, string component) =>
        document.Charges.Any(charge => string.Equals(charge.Component, component, StringComparison.Ordinal))
        || (string.Equals(component, Components.AiUsage, StringComparison.Ordinal)
            && document.Settlement.Any(day => day.Observations > 0));

    private static IEnumerable<string> ComponentProblems(
        ReconciliationDocument document, ILookup<string, ChargeEntry> charges)
    {
        string? ComponentOf(string chargeId) => charges[chargeId].FirstOrDefault()?.Component;
        foreach (var component in document.Totals.Components)
        {
            var isSeen = IsSeen(document, component.Component);
            var billed = Tally.Sum(document.Charges
                .Where(charge => string.Equals(charge.Role, Basis, StringComparison.Ordinal))
                .Where(charge => string.Equals(charge.Component, component.Component, StringComparison.Ordinal))
                .Select(Of));
            var allocated = document.Runs
                .SelectMany(run => run.Models)
                .SelectMany(model => model.Shares)
                .Where(share =>
                    string.Equals(ComponentOf(share.ChargeId), component.Component, StringComparison.Ordinal))
                .Sum(share => share.BilledGrossUsd);
            var unallocated = document.Unallocated
                .Where(part => string.Equals(ComponentOf(part.ChargeId), component.Component, StringComparison.Ordinal))
                .Sum(part => part.BilledGrossUsd);
            if (component.BilledGrossUsd != (isSeen ? billed.GrossUsd : null)
                || component.BilledNetUsd != (isSeen ? billed.NetUsd : null))
                yield return $"component {component.Component}: it is not the sum of its charges.";
            if (component.AllocatedGrossUsd != (isSeen ? allocated : null)
                || component.UnallocatedGrossUsd != (isSeen ? unallocated : null))
                yield return $"component {component.Component}: it is not the sum of its shares and unallocated parts.";
        }
    }

    private static IEnumerable<string> UnitProblems(Tally figures, string subject)
    {
        if (figures.AiCredits != AiCredits.FromUsd(figures.GrossUsd))
            yield return $"{subject}: billedAiCredits is not billedGrossUsd × 100.";
    }

    private static string KeyOf(RunEntry run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Host}/{run.RunId}/{run.Attempt}");

    private static bool IsCount(ChargeEntry charge) =>
        string.Equals(charge.Component, Components.TokenCounts, StringComparison.Ordinal)
        && !string.Equals(charge.Role, Basis, StringComparison.Ordinal);

    private static bool IsWithoutMoney(ChargeEntry charge) =>
        charge is { BilledAiCredits: null, BilledGrossUsd: null, BilledNetUsd: null, DiscountUsd: null };

    private static Tally Of(ChargeEntry charge) => new(
        charge.BilledAiCredits ?? throw new FormatException($"charge {charge.Id} has no billedAiCredits"),
        charge.BilledGrossUsd ?? throw new FormatException($"charge {charge.Id} has no billedGrossUsd"),
        charge.BilledNetUsd);

    private static Tally Of(ShareEntry share) => new(share.BilledAiCredits, share.BilledGrossUsd, share.BilledNetUsd);

    private static Tally Of(UnallocatedEntry part) => new(part.BilledAiCredits, part.BilledGrossUsd, part.BilledNetUsd);
}
