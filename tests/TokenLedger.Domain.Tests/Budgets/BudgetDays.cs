using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Tests.Budgets;

/// <summary>Generated days of one budget and account.</summary>
internal static class BudgetDays
{
    public const string Account = "github:organization:acme";
    public static readonly DateOnly First = new(2026, 10, 1);
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);
    public static readonly IReadOnlySet<string> Billed = new HashSet<string>(StringComparer.Ordinal) { Account };

    public static Budget Budget { get; } =
        new() { Name = "team", Period = BudgetPeriodKind.Month, LimitNanoCredits = 10_000 };

    public static Arbitrary<List<BudgetDay>> Arbitrary { get; } = Arb.From(
        from days in Gen.ArrayOf(Day(), 51)
        select days.Select((day, at) => day with { Day = First.AddDays(at) }).ToList());

    public static BudgetDay Settled(DateOnly day, long runs, long rest = 0) => new()
    {
        Day = day,
        SettledNanoCredits = runs,
        Accounts = [new BudgetAccountDay(Account, true, runs > 0, rest, 0)],
    };

    public static BudgetDay Estimated(DateOnly day, long runs) => new()
    {
        Day = day,
        Estimated = new CalibratedAmount(runs, runs / 2, runs * 2),
        Accounts = [new BudgetAccountDay(Account, false, true, 0, 0)],
    };

    public static BudgetStatus Status(
        IReadOnlyCollection<BudgetDay> days, Budget? budget = null, DateTimeOffset? now = null,
        params BudgetOverride[] overrides)
    {
        var of = budget ?? Budget;
        var at = now ?? Now;
        var period = BudgetPeriods.Of(of, DateOnly.FromDateTime(at.UtcDateTime))!.Value;
        return BudgetEvaluation.StatusOf(of, period, days, overrides, Billed, at);
    }

    private static Gen<BudgetDay> Day() =>
        from kind in Gen.Choose(0, 3)
        from runs in Gen.Choose(0, 500)
        from rest in Gen.Choose(-50, 300)
        from unpriced in Gen.Choose(0, 3)
        select (kind switch
        {
            0 => new BudgetDay { Day = First },
            1 => Settled(First, runs, rest),
            2 => Estimated(First, runs),
            _ => new BudgetDay
            {
                Day = First,
                Provisional = new CalibratedAmount(runs, runs, runs + 10),
                Accounts = [new BudgetAccountDay(Account, true, true, 0, rest)],
            },
        }) with
        {
            UnpricedRequests = unpriced == 3 ? 1 : 0,
            IncompleteReasons = unpriced == 3 ? [BudgetIncompleteness.UnpricedUsage] : [],
        };
}
