using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Tests.Settlement;

public sealed class PollScheduleTests
{
    private static readonly DateOnly Day = new(2026, 11, 3);
    private static readonly BillingAccount GitHub = new("github", BillingAccountKind.Organization, "acme");
    private static readonly string[] Sources = ["github", "anthropic", "openai", "amazon-bedrock"];

    [Theory]
    [InlineData("github", "", "11-04T05:59", "Later 11-04T06:00")]
    [InlineData("github", "", "11-04T06:00", "Now 11-04T06:00")]
    [InlineData("github", "", "11-20T06:00", "Now 11-04T06:00")]
    [InlineData("github", "11-03T20:00=a", "11-03T21:00", "Later 11-04T06:00")]
    [InlineData("github", "11-04T06:10=a", "11-05T06:00", "Later 11-05T06:10")]
    [InlineData("github", "11-04T06:10=a", "11-05T06:10", "Now 11-05T06:10")]
    [InlineData("github", "11-07T06:10=a", "11-08T06:10", "Now 11-08T06:10")]
    [InlineData("github", "11-08T06:10=a", "11-09T06:10", "Later 11-15T06:10")]
    [InlineData("github", "11-08T06:10=a 11-15T07:00=a", "11-22T07:00", "Now 11-22T07:00")]
    [InlineData("github", "11-08T06:10=a 12-04T00:00=a", "12-30T00:00", "Never")]
    [InlineData("github", "11-08T06:10=a 12-04T00:00=b", "12-11T00:00", "Now 12-11T00:00")]
    [InlineData("github", "", "01-05T00:00", "Never")]
    [InlineData("anthropic", "", "11-04T01:00", "Now 11-04T01:00")]
    [InlineData("anthropic", "11-04T01:00=a", "11-04T06:59", "Later 11-04T07:00")]
    [InlineData("anthropic", "11-05T20:00=a", "11-06T02:00", "Later 11-12T20:00")]
    [InlineData("openai", "", "11-04T06:00", "Now 11-04T06:00")]
    [InlineData("openai", "11-08T07:00=a", "11-09T07:00", "Later 11-15T07:00")]
    public void Looks_are_due_as_the_table_says(string source, string looks, string now, string expected) =>
        Assert.Equal(expected, Text(PollSchedule.Next(
            GitHub with { Source = source }, Day, Looks(looks), true, notBefore: null, At(now))));

    [Fact]
    public void A_refused_day_waits_until_the_provider_may_be_asked_again()
    {
        Assert.Equal("Later 11-04T09:00", Text(PollSchedule.Next(GitHub, Day, [], true, At("11-04T09:00"), At("11-04T08:59"))));
        Assert.Equal("Now 11-04T09:00", Text(PollSchedule.Next(GitHub, Day, [], true, At("11-04T09:00"), At("11-04T09:00"))));
        Assert.Equal("Later 11-05T06:00", Text(PollSchedule.Next(
            GitHub, Day, Looks("11-04T06:00=a"), true, At("11-04T09:00"), At("11-04T10:00"))));
    }

    [Fact]
    public void An_empty_bill_for_a_day_with_usage_is_looked_at_until_it_is_given_up()
    {
        var empty = Looks("11-08T06:00=a 12-20T06:00=a", isEmpty: true);

        Assert.Equal("Now 12-27T06:00", Text(PollSchedule.Next(GitHub, Day, empty, true, null, At("12-28T00:00"))));
        Assert.Equal("Never", Text(PollSchedule.Next(GitHub, Day, empty, false, null, At("12-28T00:00"))));
    }

    [Fact]
    public void Time_leads_from_later_to_now_to_never_and_a_due_time_never_moves_by_itself() => Prop.ForAll(
        World(), Hours(0, 2_000), Hours(0, 300), (world, hour, more) =>
        {
            var before = world.Next(hour);
            var after = world.Next(hour + more);
            return before.Kind <= after.Kind
                && (after.Kind == PollDecisionKind.Never || before.At == after.At)
                && (before.Kind != PollDecisionKind.Later || before.At > world.TimeOf(hour))
                && (before.Kind != PollDecisionKind.Now || before.At <= world.TimeOf(hour));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_look_is_due_before_the_first_one_or_before_a_refusal_ends() => Prop.ForAll(
        World(), Hours(0, 2_000), (world, hour) =>
        {
            var next = world.Next(hour);
            return next.Kind != PollDecisionKind.Now
                || (next.At >= world.DayEnd + PollPolicy.Of(world.Account.Source).FirstAfterDayEnd
                    && (world.NotBefore is not { } earliest || next.At >= earliest));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_closed_day_is_never_looked_at_again() => Prop.ForAll(
        World(), Hours(0, 2_000), (world, hour) =>
            SettlementClassifier.Classify(world.Account, Day, world.Looks, world.HasUsage, world.TimeOf(hour)).Status
                != SettlementStatus.Closed
            || world.Next(hour).Kind == PollDecisionKind.Never).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_looks_when_told_is_done_after_few_looks_and_sooner_when_the_bill_stands_still() => Prop.ForAll(
        World(), Hours(1, 30), (world, late) =>
        {
            var looks = new List<Observation>();
            var now = world.DayEnd;
            // Daily or six-hourly for some days, then weekly for two months.
            while (looks.Count <= 20)
            {
                var next = PollSchedule.Next(world.Account, Day, looks, world.HasUsage, null, now);
                if (next.Kind == PollDecisionKind.Never)
                    break;
                now = next.Kind == PollDecisionKind.Now ? now : next.At.AddMinutes(late);
                if (next.Kind == PollDecisionKind.Now)
                    looks.Add(Look(now, world.IsStill ? "a" : $"a{looks.Count}", isEmpty: false));
            }

            var closed = SettlementClassifier.Classify(world.Account, Day, looks, world.HasUsage, now).Status
                == SettlementStatus.Closed;
            return looks.Count <= 20 && closed == world.IsStill;
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<Scene> World() => Arb.From(
        from source in Gen.Elements(Sources)
        from hours in Gen.Choose(0, 1_600).ListOf().Select(list => list.Take(12).ToList())
        from contents in Gen.Elements("a", "a", "b").ListOf(12)
        from hasUsage in Gen.Elements(true, false)
        from isEmpty in Gen.Elements(true, false)
        from isStill in Gen.Elements(true, false)
        from refused in Gen.Choose(-1_000, 1_500)
        select new Scene(
            GitHub with { Source = source },
            [.. hours.Select((hour, at) => Look(new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero).AddHours(hour), contents[at], isEmpty))],
            hasUsage, isStill, refused < 0 ? null : new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero).AddHours(refused)));

    private static Arbitrary<int> Hours(int from, int to) => Arb.From(Gen.Choose(from, to));

    private static List<Observation> Looks(string looks, bool isEmpty = false) => [.. looks
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(look => look.Split('='))
        .Select(look => Look(At(look[0]), look[1], isEmpty))];

    private static Observation Look(DateTimeOffset at, string content, bool isEmpty) => new(
        GitHub, BillView.AiCreditUsage, Day, "", at, content, 0, "raw",
        isEmpty ? [] : new Reconciliation.Scenario().Bill(1).Build().Observations[0].Charges);

    private static string Text(PollDecision decision) => decision.Kind == PollDecisionKind.Never
        ? "Never"
        : $"{decision.Kind} {decision.At:MM-ddTHH:mm}";

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(
        (text.StartsWith("01-") ? "2027-" : "2026-") + text + ":00Z", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Scene(
        BillingAccount Account, List<Observation> Looks, bool HasUsage, bool IsStill, DateTimeOffset? NotBefore)
    {
        public DateTimeOffset DayEnd => TimeOf(24);

        public DateTimeOffset TimeOf(int hour) => new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero).AddHours(hour);

        public PollDecision Next(int hour) => PollSchedule.Next(Account, Day, Looks, HasUsage, NotBefore, TimeOf(hour));
    }
}
