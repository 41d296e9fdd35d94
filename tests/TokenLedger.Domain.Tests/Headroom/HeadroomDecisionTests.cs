using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Headroom;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Headroom;

public sealed class HeadroomDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly Budget Hard = new()
    {
        Name = "web", Period = BudgetPeriodKind.Month, LimitNanoCredits = 100, Enforcement = BudgetEnforcement.Hard,
        ThresholdPercents = [80m, 100m],
    };

    [Theory]
    [InlineData(0, 50, HeadroomVerdict.Allow, HeadroomReason.WithinBudget)]
    [InlineData(0, 80, HeadroomVerdict.Warn, HeadroomReason.ThresholdReached)]
    [InlineData(60, 40, HeadroomVerdict.Warn, HeadroomReason.ThresholdReached)]
    [InlineData(60, 41, HeadroomVerdict.Deny, HeadroomReason.OverBudget)]
    [InlineData(100, 0, HeadroomVerdict.Deny, HeadroomReason.UsedUp)]
    [InlineData(130, 1, HeadroomVerdict.Deny, HeadroomReason.UsedUp)]
    public void A_hard_budget_denies_what_does_not_fit(long spent, long asked, HeadroomVerdict verdict, string reason)
    {
        var answer = Ask(Hard, Status(Hard, spent), asked);

        Assert.Equal((verdict, reason), (answer.Verdict, answer.Reason));
        Assert.Equal(100 - spent, answer.RemainingNanoCredits);
        Assert.Equal(verdict == HeadroomVerdict.Deny || asked == 0, answer.Reservation is null);
    }

    [Fact]
    public void A_soft_budget_warns_where_a_hard_one_denies()
    {
        var soft = Hard with { Enforcement = BudgetEnforcement.Soft };

        var answer = Ask(soft, Status(soft, 130), 1);

        Assert.Equal((HeadroomVerdict.Warn, HeadroomReason.UsedUp), (answer.Verdict, answer.Reason));
    }

    [Theory]
    [InlineData(true, HeadroomVerdict.Deny)]
    [InlineData(false, HeadroomVerdict.Warn)]
    public void Where_accounting_is_incomplete_configuration_decides(bool failsClosed, HeadroomVerdict verdict)
    {
        var budget = Hard with { FailsClosed = failsClosed };
        var incomplete = Status(budget, 10) with { IncompleteReasons = ["unpriced-usage"] };
        var old = Status(budget, 10) with { EvaluatedAt = Now - HeadroomDecision.StaleAfter - TimeSpan.FromTicks(1) };

        Assert.Equal((verdict, HeadroomReason.Incomplete), Judged(Ask(budget, incomplete, 1)));
        Assert.Equal((verdict, HeadroomReason.Stale), Judged(Ask(budget, old, 1)));
        Assert.Equal((verdict, HeadroomReason.NotEvaluated), Judged(Ask(budget, null, 1)));
        Assert.Null(Ask(budget, null, 1).RemainingNanoCredits);
        // What does not fit is denied all the same: incomplete never makes room.
        Assert.Equal((HeadroomVerdict.Deny, HeadroomReason.OverBudget), Judged(Ask(budget, incomplete, 91)));
        Assert.Equal((HeadroomVerdict.Deny, HeadroomReason.OverBudget), Judged(Ask(budget, null, 101)));
    }

    [Fact]
    public void A_run_that_asks_again_keeps_the_room_it_has_and_takes_no_more()
    {
        var run = new RunKey(RunKey.PublicHost, 7, 1);
        var (first, held) = HeadroomDecision.Decide(
            Hard, Status(Hard, 0), [], [Request("a", 60) with { Run = run }], Now);

        var (second, after) = HeadroomDecision.Decide(
            Hard, Status(Hard, 0), held, [Request("b", 60) with { Run = run }, Request("c", 60)], Now.AddMinutes(1));

        Assert.Equal(first[0].Reservation, second[0].Reservation);
        Assert.Equal((HeadroomVerdict.Deny, HeadroomReason.OverBudget), Judged(second[1]));
        Assert.Equal(held, after);
    }

    [Fact]
    public void Room_counts_until_it_expires_and_then_no_more()
    {
        var (_, held) = HeadroomDecision.Decide(Hard, Status(Hard, 0), [], [Request("a", 70)], Now);
        var expiry = Now + HeadroomRequest.UsualExpiry;

        Assert.Equal(HeadroomVerdict.Deny, Decide(expiry.AddTicks(-1)).Verdict);
        Assert.Equal(HeadroomVerdict.Allow, Decide(expiry).Verdict);

        HeadroomAnswer Decide(DateTimeOffset at) => HeadroomDecision.Decide(
            Hard, Status(Hard, 0) with { EvaluatedAt = at }, held, [Request("b", 40)], at).Answers[0];
    }

    [Fact]
    public void What_is_granted_of_a_hard_budget_never_exceeds_what_is_left() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Choose(0, 40))), Arb.From(Gen.Choose(0, 120)), Arb.From(Gen.Choose(1, 5)),
        (asked, spent, batch) =>
        {
            IReadOnlyList<Reservation> held = [];
            var number = 0;
            foreach (var part in asked.Chunk(batch))
            {
                var (answers, after) = HeadroomDecision.Decide(
                    Hard, Status(Hard, spent), held, [.. part.Select(amount => Request($"r{number++}", amount))], Now);
                held = after;
                if (answers.Any(answer => answer.Verdict == HeadroomVerdict.Deny != answer.Reservation is null
                    && answer.AskedNanoCredits > 0))
                    return false;
            }

            return held.Sum(one => one.NanoCredits) <= Math.Max(0, 100 - spent);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_rooms_than_can_be_kept_are_denied_by_name()
    {
        var many = Hard with { LimitNanoCredits = 1_000_000 };
        var (_, held) = HeadroomDecision.Decide(
            many, Status(many, 0), [],
            [.. Enumerable.Range(0, HeadroomDecision.ReservationsMax).Select(at => Request($"r{at}", 1))], Now);

        var answer = HeadroomDecision.Decide(many, Status(many, 0), held, [Request("one more", 1)], Now).Answers[0];

        Assert.Equal((HeadroomVerdict.Deny, HeadroomReason.TooManyReservations), Judged(answer));
    }

    private static (HeadroomVerdict, string) Judged(HeadroomAnswer answer) => (answer.Verdict, answer.Reason);

    private static HeadroomAnswer Ask(Budget budget, BudgetStatus? status, long asked) =>
        HeadroomDecision.Decide(budget, status, [], [Request("a", asked)], Now).Answers[0];

    private static HeadroomRequest Request(string id, long asked) =>
        new(id, asked, null, Reserves: true, HeadroomRequest.UsualExpiry);

    private static BudgetStatus Status(Budget budget, long spent) => new()
    {
        Budget = budget,
        From = new DateOnly(2026, 11, 1),
        To = new DateOnly(2026, 12, 1),
        LimitNanoCredits = budget.LimitNanoCredits,
        SettledNanoCredits = spent,
        ProvisionalNanoCredits = 0,
        EstimatedNanoCredits = 0,
        Spent = new CalibratedAmount(spent, spent, spent),
        IncompleteReasons = [],
        EvaluatedAt = Now,
    };
}
