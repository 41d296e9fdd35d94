using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;

namespace TokenLedger.Domain.Tests.Settlement;

public sealed class SettlementClassifierTests
{
    private static readonly DateOnly Day = new(2026, 11, 3);
    private static readonly BillingAccount Anthropic = new("anthropic", BillingAccountKind.Organization, "acme");

    public static TheoryData<string, SettlementStatus> Looks() => new()
    {
        { "", SettlementStatus.Estimated },
        { "11-04T06:00=a", SettlementStatus.Provisional },
        { "11-04T06:00=a 11-07T23:59=a", SettlementStatus.Provisional },
        { "11-07T06:00=a 11-08T00:00=a", SettlementStatus.Provisional },
        { "11-07T00:00=a 11-08T00:00=a", SettlementStatus.Settled },
        { "11-07T00:00=a 11-08T00:00=b", SettlementStatus.Provisional },
        { "11-07T00:00=a 11-08T00:00=b 11-09T00:00=b", SettlementStatus.Settled },
        { "11-04T00:00=a 11-05T00:00=b 11-08T06:00=a", SettlementStatus.Provisional },
        { "11-07T00:00=a 11-08T00:00=a 12-04T00:00=a", SettlementStatus.Closed },
        { "11-07T00:00=a 12-03T23:59=a", SettlementStatus.Settled },
        { "11-07T00:00=a 12-05T00:00=b", SettlementStatus.Provisional },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void A_day_settles_when_it_is_old_and_seen_twice_alike(string looks, SettlementStatus status) =>
        Assert.Equal(status, SettlementClassifier.Classify(Scenario.Account, Day, Parse(looks), true, Now("12-06T00:00")).Status);

    [Fact]
    public void A_closed_day_needs_the_clock_as_well_as_the_look() => Assert.Equal(
        SettlementStatus.Settled,
        SettlementClassifier.Classify(Scenario.Account, Day, Parse("11-07T00:00=a 12-04T00:00=a"), true, Now("12-03T00:00")).Status);

    [Fact]
    public void First_seen_last_changed_and_the_number_of_looks_are_told()
    {
        var settled = SettlementClassifier.Classify(
            Scenario.Account, Day, Parse("11-08T00:00=b 11-04T00:00=a 11-06T00:00=b"), true, Now("11-09T00:00"));

        Assert.Equal(3, settled.Observations);
        Assert.Equal(Now("11-04T00:00"), settled.FirstSeenAt);
        Assert.Equal(Now("11-06T00:00"), settled.LastChangedAt);
    }

    [Fact]
    public void An_empty_bill_for_a_day_with_usage_never_settles()
    {
        var looks = Parse("11-07T00:00=a 11-08T00:00=a").Select(look => look with { Charges = [] }).ToList();

        Assert.Equal(SettlementStatus.Provisional, SettlementClassifier.Classify(Scenario.Account, Day, looks, true, Now("11-09T00:00")).Status);
        Assert.Equal(SettlementStatus.Settled, SettlementClassifier.Classify(Scenario.Account, Day, looks, false, Now("11-09T00:00")).Status);
    }

    [Fact]
    public void A_bill_with_unreadable_rows_never_settles()
    {
        var looks = Parse("11-07T00:00=a 11-08T00:00=a").Select(look => look with { IsIncomplete = true });

        var settlement = SettlementClassifier.Classify(Scenario.Account, Day, looks, true, Now("11-09T00:00"));

        Assert.Equal(SettlementStatus.Provisional, settlement.Status);
    }

    [Theory]
    [InlineData("11-04T20:00=a 11-05T01:00=a", SettlementStatus.Provisional)]
    [InlineData("11-04T20:00=a 11-05T02:00=a", SettlementStatus.Settled)]
    [InlineData("11-04T20:00=a 12-09T00:00=a", SettlementStatus.Closed)]
    public void Anthropic_settles_sooner_and_closes_35_days_after_the_day(string looks, SettlementStatus status) =>
        Assert.Equal(status, SettlementClassifier.Classify(Anthropic, Day, Parse(looks), true, Now("12-09T00:00")).Status);

    [Fact]
    public void Sources_have_the_policies_of_the_design()
    {
        Assert.Same(SettlementPolicy.GitHub, SettlementPolicy.Of("github"));
        Assert.Same(SettlementPolicy.Anthropic, SettlementPolicy.Of("anthropic"));
        Assert.Same(SettlementPolicy.OpenAI, SettlementPolicy.Of("openai"));
        Assert.Same(SettlementPolicy.OpenAI, SettlementPolicy.Of("amazon-bedrock"));
        Assert.Equal(new SettlementPolicy(TimeSpan.FromDays(3), TimeSpan.FromDays(1), TimeSpan.FromDays(35), null), SettlementPolicy.OpenAI);
    }

    [Theory]
    [InlineData("", "01-03T23:59", "Estimated ")]
    [InlineData("", "01-04T00:00", "Estimated ")]
    [InlineData("", "01-05T00:00", "Closed Unreachable")]
    [InlineData("11-04T06:00=a", "01-05T00:00", "Closed Unreachable")]
    [InlineData("11-07T00:00=a 11-08T00:00=a", "01-05T00:00", "Closed Unreachable")]
    [InlineData("11-07T00:00=a 12-05T00:00=b", "01-04T00:00", "Provisional ")]
    [InlineData("11-07T00:00=a 12-05T00:00=b", "01-05T00:00", "Closed StillChanging")]
    [InlineData("11-07T00:00=a 12-05T00:00=a", "01-05T00:00", "Closed ")]
    public void A_day_that_is_asked_for_ends_62_days_after_it_and_says_why(string looks, string now, string expected)
    {
        var settlement = Polled(Parse(looks), true, now);

        Assert.Equal(expected, $"{settlement.Status} {settlement.Reason}");
    }

    [Theory]
    [InlineData("11-07T00:00=a 11-08T00:00=a", SettlementStatus.Provisional)]
    [InlineData("11-07T00:00=a 11-13T00:00=a", SettlementStatus.Settled)]
    [InlineData("11-07T00:00=a 12-04T00:00=a", SettlementStatus.Closed)]
    public void Late_bills_put_settling_off_and_not_closing(string looks, SettlementStatus status)
    {
        var nine = TimeSpan.FromDays(9);
        var lags = new LearnedLags(60, nine, nine, nine, nine);

        Assert.Equal(status, SettlementClassifier.Classify(
            Scenario.Account, Day, Parse(looks), hasUsage: true, isPolled: true, lags, Now("12-06T00:00")).Status);
    }

    [Fact]
    public void A_bill_that_comes_as_files_is_never_given_up() => Assert.Equal(
        SettlementStatus.Provisional,
        SettlementClassifier.Classify(Scenario.Account, Day, Parse("11-04T06:00=a"), true, Now("01-20T00:00")).Status);

    [Theory]
    [InlineData("11-07T00:00=a", "11-09T00:00", "Provisional ")]
    [InlineData("11-07T00:00=a 11-08T00:00=a", "11-09T00:00", "Provisional NoBillForUsage")]
    [InlineData("11-07T00:00=a 12-05T00:00=a", "12-06T00:00", "Provisional NoBillForUsage")]
    [InlineData("11-07T00:00=a 12-05T00:00=a", "01-05T00:00", "Closed NoBillForUsage")]
    public void Two_empty_answers_for_a_day_with_usage_say_so_and_never_settle(string looks, string now, string expected)
    {
        var empty = Parse(looks).Select(look => look with { Charges = [] }).ToList();
        var settlement = Polled(empty, true, now);

        Assert.Equal(expected, $"{settlement.Status} {settlement.Reason}");
    }

    [Fact]
    public void A_bill_that_cannot_be_read_whole_to_the_end_closes_as_unreachable()
    {
        var looks = Parse("11-07T00:00=a 12-05T00:00=a").Select(look => look with { IsIncomplete = true }).ToList();

        Assert.Equal(SettlementReason.Unreachable, Polled(looks, true, "01-05T00:00").Reason);
    }

    [Fact]
    public void A_day_was_first_seen_when_a_look_showed_a_charge()
    {
        var looks = Parse("11-04T06:00=a 11-05T06:00=b 11-06T06:00=b");
        looks[0] = looks[0] with { Charges = [] };

        Assert.Equal(Now("11-05T06:00"), SettlementClassifier.Classify(Scenario.Account, Day, looks, true, Now("11-07T00:00")).FirstSeenAt);
    }

    private static DaySettlement Polled(List<Observation> looks, bool hasUsage, string now) => SettlementClassifier.Classify(
        Scenario.Account, Day, looks, hasUsage, isPolled: true, lags: null, Now(now));

    private static List<Observation> Parse(string looks) => [.. looks
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(look => look.Split('='))
        .Select(look => new Observation(
            Scenario.Account, BillView.AiCreditReport, Day, "", Now(look[0]), look[1], 0, "raw",
            new Scenario().Bill(1).Build().Observations[0].Charges))];

    private static DateTimeOffset Now(string text) =>
        DateTimeOffset.Parse((text.StartsWith("01-") ? "2027-" : "2026-") + text + ":00Z", System.Globalization.CultureInfo.InvariantCulture);
}
