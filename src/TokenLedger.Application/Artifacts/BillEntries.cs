using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Artifacts;

/// <summary>Charges, unallocated parts and settlements as the artifact has them.</summary>
internal static class BillEntries
{
    public static IEnumerable<ChargeEntry> Charges(PeriodReconciliation period) => period.Days
        .SelectMany(day => day.Charges)
        .OrderBy(row => row.Charge.Id, StringComparer.Ordinal)
        .Select(Create);

    public static IEnumerable<UnallocatedEntry> Unallocated(PeriodReconciliation period) => period.Days
        .SelectMany(day => day.Unallocated)
        .Select(part =>
        {
            var billed = new BilledSum(part.GrossNanoCredits, part.NetNanoCredits);
            return new UnallocatedEntry
            {
                ChargeId = part.Charge.Id,
                Day = part.Charge.Day,
                Reason = WireNames.Of(part.Reason),
                Runs = [.. part.Runs.Select(run => run.ToString())],
                BilledAiCredits = billed.AiCredits,
                BilledGrossUsd = billed.GrossUsd,
                BilledNetUsd = billed.NetUsd,
            };
        });

    public static IEnumerable<IncludedCreditsEntry> IncludedCredits(PeriodReconciliation period) =>
        period.IncludedMonths.Select(month =>
        {
            var billed = new BilledSum(month.GrossNanoCredits, month.NetNanoCredits);
            decimal? included = month.IncludedNanoCredits is { } nanoCredits
                ? new BilledSum(nanoCredits, null).AiCredits
                : null;
            return new IncludedCreditsEntry
            {
                Account = month.Account.Key,
                Month = month.Month,
                CostCenter = month.CostCenter,
                PoolAiCredits = month.PoolAiCredits,
                BilledAiCredits = billed.AiCredits,
                IncludedAiCredits = included,
                LeftAiCredits = month.PoolAiCredits - included is { } left ? Math.Max(0, left) : null,
                BilledNetUsd = billed.NetUsd,
            };
        });

    public static IEnumerable<CreditPoolEntry> CreditPools(PeriodReconciliation period) => period.CreditPools
        .Select(pool => new CreditPoolEntry
        {
            Account = pool.Account.Key,
            Name = pool.Cycle.Name,
            Start = pool.Cycle.Start,
            End = pool.Cycle.End,
            GrantedUsd = AiCredits.UsdFromNanoCredits(pool.Cycle.GrantedNanoCredits),
            BilledThrough = pool.Cycle.BilledThrough,
            BilledGrossUsd = Usd(pool.Cycle.BilledNanoCredits),
            UsedUsd = Usd(pool.Cycle.UsedNanoCredits),
            LeftUsd = Usd(pool.Cycle.LeftNanoCredits),
        });

    public static IEnumerable<SettlementEntry> Settlement(PeriodReconciliation period) => period.Settlements
        .Select(day => new SettlementEntry
        {
            Source = day.Account.Source,
            Account = day.Account.Key,
            Day = day.Day,
            Status = WireNames.Of(day.Status),
            Reason = day.Reason is { } reason ? WireNames.Of(reason) : null,
            Observations = day.Observations,
            FirstSeenAt = day.FirstSeenAt,
            LastChangedAt = day.LastChangedAt,
        });

    private static ChargeEntry Create(ReconciledCharge row)
    {
        var charge = row.Charge;
        var named = charge.Dimensions;
        BilledSum? billed = charge.Category == ChargeCategory.TokenCount
            ? null
            : new BilledSum(charge.GrossNanoCredits, charge.NetNanoCredits);
        return new ChargeEntry
        {
            Id = charge.Id,
            Source = charge.Account.Source,
            Account = charge.Account.Key,
            View = WireNames.Of(charge.View),
            Role = WireNames.Of(row.Role),
            Component = Components.Of(charge.Family),
            Category = WireNames.Of(charge.Category),
            Day = charge.Day,
            Product = charge.Product,
            Sku = charge.Sku,
            Model = charge.ModelText ?? named.Model.Text,
            Organization = named.Organization.Text,
            Repository = named.Repository.Text,
            WorkflowPath = named.WorkflowPath.Text,
            User = named.User.State == DimensionState.Nobody ? "" : named.User.Text,
            CostCenter = named.CostCenter.Text,
            Workspace = named.Workspace.Text,
            Project = named.Project.State == DimensionState.Nobody ? "" : named.Project.Text,
            ApiKey = named.ApiKey.State == DimensionState.Nobody ? "" : named.ApiKey.Text,
            TokenKind = named.TokenKind is { } kind ? WireNames.Of(kind) : null,
            Quantity = charge.Quantity,
            Unit = charge.Unit,
            BilledAiCredits = billed?.AiCredits,
            BilledGrossUsd = billed?.GrossUsd,
            BilledNetUsd = billed?.NetUsd,
            DiscountUsd = billed?.GrossUsd - billed?.NetUsd,
        };
    }

    private static decimal? Usd(long? nanoCredits) =>
        nanoCredits is { } known ? AiCredits.UsdFromNanoCredits(known) : null;
}
