using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>Deals the runs and looks of a period out to accounts and days.</summary>
internal sealed class PeriodDays
{
    private readonly ReconciliationScope scope;
    private readonly ScopeMembers members;
    private readonly PriceBook prices;
    private readonly SettlementRules rules;
    private readonly ILookup<DateOnly, PricedSlice> slicesByDay;
    private readonly ILookup<DateOnly?, RunFacts> bareRunsByDay;
    private readonly ILookup<DateOnly?, RunFacts> bareRunsByNextDay;
    private readonly PeriodBills periodBills;
    private readonly IReadOnlyDictionary<string, long> spreadNets;

    public PeriodDays(
        ReconciliationScope scope,
        ScopeMembers members,
        PriceBook prices,
        SettlementRules rules,
        PeriodRuns runs,
        IReadOnlyList<Observation> looks,
        IReadOnlyDictionary<string, long> spreadNets)
    {
        this.scope = scope;
        this.members = members;
        this.prices = prices;
        this.rules = rules;
        slicesByDay = runs.Runs.SelectMany(run => run.Slices).ToLookup(slice => slice.Day);
        var bare = runs.Runs.Where(run => !run.HasTelemetry).Select(run => run.Facts).ToList();
        bareRunsByDay = bare.ToLookup(UnseenUsage.StartDayOf);
        bareRunsByNextDay = bare.Concat(runs.OfEveningBefore).ToLookup(UnseenUsage.NextDayOf);
        periodBills = new PeriodBills(scope, members, looks);
        this.spreadNets = spreadNets;
    }

    /// <summary>
    /// Every account that has a bill or usage on the day, in order of their keys, and the usage that none pays for.
    /// Safe for several days at once.
    /// </summary>
    public (IReadOnlyList<DayOutcome> Accounts, IReadOnlyList<PricedSlice> WithoutAccount) Reconcile(
        DateOnly day, DateTimeOffset now)
    {
        var bills = periodBills.On(day);
        foreach (var account in members.Unseen(bills.Keys, UsageOn(day)).ToList())
            bills[account] = [];
        var dealt = slicesByDay[day]
            .Select(slice => (Slice: slice, Account: PayerOf(bills.Keys, slice)))
            .ToList();
        var slices = dealt
            .Where(pair => pair.Account is not null)
            .ToLookup(pair => pair.Account!, pair => WithConfiguredNames(pair.Slice, pair.Account!));
        return (
            [.. Reconcile(day, bills, slices, now)],
            [.. dealt.Where(pair => pair.Account is null).Select(pair => pair.Slice)]);
    }

    private IEnumerable<DayOutcome> Reconcile(
        DateOnly day, SortedDictionary<BillingAccount, IReadOnlyList<Observation>> bills,
        ILookup<BillingAccount, PricedSlice> slices, DateTimeOffset now)
    {
        foreach (var (account, inForce) in bills)
        {
            var own = slices[account].ToList();
            var bare = bareRunsByDay[day].Where(run => members.RankOf(account, run) > 0).ToList();
            // A bill that is asked for is expected on every day that is over, used or not.
            var isAwaited = rules.IsPolled(account) && day < DateOnly.FromDateTime(now.UtcDateTime);
            if (!inForce.Any(look => BillViewName.ShowsMoney(look.View))
                && own.Count == 0 && bare.Count == 0 && !isAwaited)
                continue;
            // They make no day of their own, only the shares of one less sure.
            bare.AddRange(bareRunsByNextDay[day].Where(run => members.RankOf(account, run) > 0));
            var input = new AccountDay
            {
                Account = account,
                Day = day,
                Observations = inForce,
                Slices = own,
                RunsWithoutTelemetry = bare,
                ExclusiveScopes = [.. members.SourcesOf(account).SelectMany(source => source.ExclusiveBuckets)],
                SpreadNetNanoCredits = spreadNets,
                Prices = prices,
            };
            var result = DayReconciler.Reconcile(input);
            yield return new DayOutcome(
                result, input, SettlementOf(result, inForce, own.Count > 0, now), own, bare,
                input.HasBill);
        }
    }

    // A run without a token log of ours is expected on GitHub's bill, as most are.
    private IEnumerable<(RunFacts Run, Channel Channel)> UsageOn(DateOnly day) => slicesByDay[day]
        .Select(slice => (slice.Run, slice.Channel))
        .Concat(bareRunsByDay[day].Select(run => (run, Channel.Copilot)))
        .Distinct();

    private BillingAccount? PayerOf(IEnumerable<BillingAccount> accounts, PricedSlice slice) => accounts
        .Where(account => ScopeMembers.ChannelOf(account) == slice.Channel)
        .Select(account => (Account: account, Rank: members.RankOf(account, slice.Run)))
        .Where(pair => pair.Rank > 0)
        .OrderByDescending(pair => pair.Rank)
        .Select(pair => pair.Account)
        .FirstOrDefault();

    private PricedSlice WithConfiguredNames(PricedSlice slice, BillingAccount account)
    {
        var paying = members.SourcesPaying(account, slice.Run).ToList();
        if (paying.Count == 0)
            return slice;
        var buckets = paying.SelectMany(source => source.Buckets).Where(bucket => Concerns(bucket, slice.Run)).ToList();
        return slice with
        {
            Workspace = OnlyOne(buckets.Select(bucket => bucket.Workspace)),
            Project = OnlyOne(buckets.Select(bucket => bucket.Project)),
            ApiKey = OnlyOne(buckets.Select(bucket => bucket.ApiKey)),
            CostCenter =
                OnlyOne(buckets.Select(bucket => bucket.CostCenter).Concat(paying.Select(source => source.CostCenter))),
        };
    }

    private static bool Concerns(ExclusiveScope bucket, RunFacts run) =>
        (bucket.Repository is null
            || string.Equals(bucket.Repository, run.Repository, StringComparison.OrdinalIgnoreCase))
        && (bucket.User is null || string.Equals(bucket.User, run.Payer.Login, StringComparison.OrdinalIgnoreCase));

    // Two candidates are no knowledge: then no named value matches, instead of a guess.
    private static string? OnlyOne(IEnumerable<string?> values)
    {
        var distinct = values.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList();
        return distinct.Count == 1 ? distinct[0] : null;
    }

    private DaySettlement SettlementOf(
        DayReconciliation result, IReadOnlyList<Observation> inForce, bool hasUsage, DateTimeOffset now)
    {
        var basis = result.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        var billed = basis.Where(IsAiUsage);
        var view = billed.Select(charge => (BillView?)charge.View).Min()
            ?? basis.Select(charge => (BillView?)charge.View).Min()
            ?? inForce.Where(look => BillViewName.ShowsMoney(look.View)).Select(look => (BillView?)look.View).Min();
        // The per-user view is derived: its looks are those of the total it was derived from.
        if (view == BillView.AiCreditUsagePerUser)
            view = BillView.AiCreditUsage;
        var own = Classify(view);
        if (own is not { Status: SettlementStatus.Provisional, Reason: null })
            return own;
        // A file that was imported once is the basis for its detail. Where a view that has settled shows the same
        // money to the nano-credit, the money is as final as that.
        var money = GrossOf(billed);
        var finest = inForce
            .Where(look => look.View != view && look.Filter.Length == 0
                && look.Charges.Any(IsAiUsage) && GrossOf(look.Charges.Where(IsAiUsage)) == money)
            .Select(look => Classify(look.View))
            .Where(check => check.Reason is null)
            .Select(check => check.Status)
            .DefaultIfEmpty(own.Status)
            .Max();
        return finest > own.Status ? own with { Status = finest } : own;

        DaySettlement Classify(BillView? of)
        {
            var looks = periodBills.LooksAt(result.Account, result.Day).Where(look => look.View == of);
            var decisive = BillsInForce.Decisive(looks, scope).ToList();
            if (decisive.Exists(look => !look.IsIncomplete))
                decisive.RemoveAll(look => look.IsIncomplete);
            return rules.Classify(result.Account, result.Day, decisive, hasUsage, now);
        }
    }

    private static long GrossOf(IEnumerable<Charge> charges) =>
        charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));

    private static bool IsAiUsage(Charge charge) =>
        charge.Family is SkuFamily.AiCredits or SkuFamily.PremiumRequests or SkuFamily.Tokens;
}
