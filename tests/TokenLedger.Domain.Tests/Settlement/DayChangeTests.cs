using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Tests.Settlement;

public sealed class DayChangeTests
{
    private static readonly DateOnly Day = new(2026, 11, 3);
    private static readonly BillingAccount Account = new("github", BillingAccountKind.Organization, "acme");
    private static readonly DateTimeOffset Start = new(2026, 11, 4, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "Provisional b1 r1", RevisionKind.Initial)]
    [InlineData("Provisional b1 r1", "Provisional b2 r2", RevisionKind.Update)]
    [InlineData("Provisional b1 r1", "Settled b1 r1", RevisionKind.Confirmation)]
    [InlineData("Settled b1 r1", "Closed b1 r1", RevisionKind.Confirmation)]
    [InlineData("Settled b1 r1", "Provisional b2 r2", RevisionKind.Correction)]
    [InlineData("Settled b1 r1", "Provisional b2 r1", RevisionKind.Correction)]
    [InlineData("Closed b1 r1", "Closed b1 r2", RevisionKind.Reallocation)]
    [InlineData("Settled b1 r1,Provisional b2 r2", "Provisional b3 r3", RevisionKind.Correction)]
    [InlineData("Settled b1 r1,Provisional b2 r2", "Settled b2 r2", RevisionKind.Confirmation)]
    public void A_change_is_told_as_what_it_is(string before, string now, RevisionKind kind) =>
        Assert.Equal(kind, Changes(before.Split(',', StringSplitOptions.RemoveEmptyEntries).Append(now))[^1].Kind);

    [Fact]
    public void When_a_day_settled_first_stays_whatever_comes_later()
    {
        var changes = Changes(["Provisional b1 r1", "Settled b1 r1", "Provisional b2 r2", "Closed b2 r2"]);

        Assert.Equal(
            [null, Start.AddDays(1), Start.AddDays(1), Start.AddDays(1)], changes.Select(change => change.SettledAt));
    }

    [Fact]
    public void A_day_that_is_closed_for_a_reason_never_settled()
    {
        var closed = new DaySettlement(Account, Day, SettlementStatus.Closed, 1, Start, Start)
        {
            Reason = SettlementReason.Unreachable,
        };

        Assert.Null(DayChange.Of(null, closed, "b1", "r1", Start).SettledAt);
    }

    [Fact]
    public void What_is_said_of_a_head_that_says_nothing_is_an_update_at_most() => Assert.Equal(
        RevisionKind.Update,
        DayChange.Of(DayChange.Unknown, SettlementOf("Closed"), "b1", "r1", Start).Kind);

    [Fact]
    public void The_first_revision_after_an_upgrade_is_no_correction_and_the_next_one_may_be()
    {
        var earlier = DayChange.OfEarlierVersion(SettlementStatus.Settled, Start);
        var first = DayChange.Of(earlier, SettlementOf("Settled"), "b1", "r1", Start.AddDays(1));

        Assert.Equal((RevisionKind.Update, (DateTimeOffset?)Start), (first.Kind, first.SettledAt));
        Assert.Equal(
            RevisionKind.Correction,
            DayChange.Of(first, SettlementOf("Provisional"), "b2", "r2", Start.AddDays(2)).Kind);
        Assert.Null(DayChange.OfEarlierVersion(SettlementStatus.Provisional, Start).SettledAt);
    }

    [Fact]
    public void Every_change_of_a_figure_after_settling_is_announced_once_and_nothing_else_is() => Prop.ForAll(
        Arb.From(
            from status in Gen.Elements("Estimated", "Provisional", "Settled", "Closed")
            from bill in Gen.Choose(1, 2)
            from result in Gen.Choose(1, 2)
            select $"{status} b{bill} r{bill}{result}").List(),
        states =>
        {
            var changes = Changes(states);
            var settled = -1;
            for (var i = 0; i < states.Count; i++)
            {
                var isChanged = i > 0 && states[i][^5..] != states[i - 1][^5..];
                if (changes[i].IsAnnounced != (isChanged && settled >= 0))
                    return false;
                if (settled < 0 && (states[i].StartsWith('S') || states[i].StartsWith('C')))
                    settled = i;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static List<DayChange> Changes(IEnumerable<string> states)
    {
        var changes = new List<DayChange>();
        foreach (var parts in states.Select(state => state.Split(' ')))
        {
            changes.Add(DayChange.Of(
                changes.LastOrDefault(), SettlementOf(parts[0]), parts[1], parts[2], Start.AddDays(changes.Count)));
        }

        return changes;
    }

    private static DaySettlement SettlementOf(string status) =>
        new(Account, Day, Enum.Parse<SettlementStatus>(status), 1, Start, Start);
}

file static class Lists
{
    public static Arbitrary<List<T>> List<T>(this Arbitrary<T> items) =>
        Arb.From(items.Generator.ListOf().Select(list => list.ToList()));
}
