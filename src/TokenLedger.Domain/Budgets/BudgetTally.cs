using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Budgets;

/// <summary>Adds up one day of one budget. The order of what is added changes nothing.</summary>
/// <remarks>AI usage alone: Actions minutes and seats are other money.</remarks>
/// <param name="budget">The budget.</param>
/// <param name="day">The UTC day.</param>
public sealed class BudgetTally(Budget budget, DateOnly day)
{
    // A run without telemetry may have used any model through any channel.
    private readonly BudgetScope scopeOfUnseen =
        budget.Scope with { Model = null, Channel = null, CostCenter = null };

    private readonly SortedDictionary<string, BudgetAccountDay> accounts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> reasons = new(StringComparer.Ordinal);
    private readonly HashSet<string> billed = new(StringComparer.Ordinal);
    private readonly HashSet<RunKey> bareRuns = [];
    private long settled;
    private CalibratedAmount provisional;
    private CalibratedAmount estimated;
    private long unpricedRequests;

    /// <summary>Adds an account that has a bill or usage on the day.</summary>
    /// <param name="settlement">How final its bill is.</param>
    /// <param name="channel">The channel that it bills.</param>
    /// <param name="hasBill">Whether a bill shows money, or is final.</param>
    public void Add(DaySettlement settlement, Channel channel, bool hasBill)
    {
        var key = settlement.Account.Key;
        if (hasBill)
            billed.Add(key);
        if (Concerns(settlement.Account, channel))
            accounts[key] = Of(key);
    }

    /// <summary>Adds a line of spend; one that is not of the budget changes nothing.</summary>
    /// <param name="line">The line, of the tally's day.</param>
    /// <param name="attribution">What rules say of its run.</param>
    /// <param name="settlement">How final the bill of its account is; null without an account.</param>
    public void Add(SpendLine line, RunAttribution attribution, DaySettlement? settlement)
    {
        if (line.Component != SpendComponent.AiUsage || !budget.Scope.Includes(line, attribution))
            return;
        if (line.Slice is { } slice)
            AddSlice(line, slice, settlement);
        else
            AddRest(line);
    }

    /// <summary>Adds a run without telemetry whose day has no final bill.</summary>
    /// <param name="run">The run attempt.</param>
    /// <param name="account">The wallet that would pay.</param>
    /// <param name="attribution">What rules say of it.</param>
    public void AddBareRun(RunFacts run, BillingAccount account, RunAttribution attribution)
    {
        var unseen = new SpendLine
        {
            Account = account, Day = day, Channel = Channel.Unknown, Run = run, State = SpendState.Unpriced,
        };
        if (!scopeOfUnseen.Includes(unseen, attribution) || !bareRuns.Add(run.Key))
            return;
        reasons.Add(BudgetIncompleteness.RunsWithoutTelemetry);
    }

    /// <summary>The day.</summary>
    public BudgetDay ToDay() => new()
    {
        Day = day,
        SettledNanoCredits = settled,
        Provisional = provisional,
        Estimated = estimated,
        Accounts =
        [
            .. accounts.Values.Select(account => account with { HasBill = billed.Contains(account.AccountKey) }),
        ],
        UnpricedRequests = unpricedRequests,
        RunsWithoutTelemetry = bareRuns.Count,
        IncompleteReasons = [.. reasons],
    };

    private void AddSlice(SpendLine line, PricedSlice slice, DaySettlement? settlement)
    {
        if (line.Account is { } wallet)
        {
            var account = Of(wallet.Key);
            accounts[account.AccountKey] = account with { HasUsage = true };
        }

        if (line.State == SpendState.NoBillSource)
            reasons.Add(BudgetIncompleteness.NoBillSource);
        if (settlement?.Reason == SettlementReason.Unreachable)
            reasons.Add(BudgetIncompleteness.DayUnreachable);
        if (settlement?.Reason == SettlementReason.NoBillForUsage)
            reasons.Add(BudgetIncompleteness.NoBillForUsage);
        if (line.State != SpendState.Settled && slice.EstimatedAiCredits is null)
        {
            unpricedRequests = checked(unpricedRequests + slice.Requests);
            reasons.Add(BudgetIncompleteness.UnpricedUsage);
        }

        if (AmountOf(line) is not { } amount)
            return;
        if (line.State == SpendState.Settled)
            settled = checked(settled + amount.NanoCredits);
        else if (line.State == SpendState.Provisional)
            provisional += amount;
        else
            estimated += amount;
    }

    private void AddRest(SpendLine line)
    {
        if (line.Account is not { } wallet || AmountOf(line) is not { } amount)
            return;
        var account = Of(wallet.Key);
        accounts[account.AccountKey] = line.State == SpendState.Settled
            ? account with { SettledNanoCredits = checked(account.SettledNanoCredits + amount.NanoCredits) }
            : account with { ProvisionalNanoCredits = checked(account.ProvisionalNanoCredits + amount.NanoCredits) };
        // A budget of runs alone leaves out what such runs were billed.
        if (budget.Include != BudgetInclude.Runs || amount.NanoCredits <= 0)
            return;
        if (line.UnallocatedReason == UnallocatedReason.UnpricedUsage)
            reasons.Add(BudgetIncompleteness.UnpricedUsage);
        else if (line.UnallocatedReason == UnallocatedReason.RunsWithoutTelemetry)
            reasons.Add(BudgetIncompleteness.RunsWithoutTelemetry);
    }

    private bool Concerns(BillingAccount account, Channel channel) =>
        (budget.Scope.Account is null || budget.Scope.Account == account)
        && (budget.Scope.Channel is null || budget.Scope.Channel == channel)
        && (account.Kind == BillingAccountKind.Enterprise
            || TextPattern.Matches(budget.Scope.Organization, account.Name));

    private BudgetAccountDay Of(string key) =>
        accounts.TryGetValue(key, out var known) ? known : new BudgetAccountDay(key, false, false, 0, 0);

    // What lies above the bill so far is not billed, and counts gross.
    private CalibratedAmount? AmountOf(SpendLine line)
    {
        if (budget.Measure == BudgetMeasure.Gross || line.Gross is not { } gross || line.NetNanoCredits is not { } net)
            return line.Gross;
        var discount = checked(net - gross.NanoCredits);
        return gross + new CalibratedAmount(discount, discount, discount);
    }
}
