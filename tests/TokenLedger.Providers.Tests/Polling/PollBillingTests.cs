using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PollBillingTests : IAsyncDisposable
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private readonly PollWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_due_day_becomes_a_look_a_raw_file_a_queued_day_and_a_line_of_the_report()
    {
        world.Bills.Credits[("acme", Yesterday)] = 120.5m;

        var outcome = await world.PollAsync();

        Assert.Equal(new PolledDay(PollWorld.AccountOf("acme"), BillView.AiCreditUsage, Yesterday, true, null), Assert.Single(outcome.Days));
        Assert.Equal(0, outcome.DaysLeft);
        var look = Assert.Single(await world.LooksAsync("acme"));
        Assert.Equal((Yesterday, world.Now, 120_500_000_000), (look.Day, look.ObservedAt, look.GrossNanoCredits));
        Assert.True(File.Exists(Path.Combine(world.Folder, "files", look.RawFile)), look.RawFile);
        Assert.Equal(new ReconcileDayMessage(Yesterday), Assert.Single(world.Marks.Messages));
        Assert.DoesNotContain(world.Marks.Checkpoints.Keys, name => name.StartsWith("poll"));
    }

    [Fact]
    public async Task What_was_asked_is_not_asked_again_before_it_is_due()
    {
        await world.PollAsync();
        Assert.Empty((await world.PollAsync()).Days);
        world.Now = world.Now.AddHours(23);
        // The next day's bill is due; this one's is not.
        Assert.Equal([Yesterday.AddDays(1)], (await world.PollAsync()).Days.Select(day => day.Day));
        world.Now = world.Now.AddHours(1);

        Assert.Equal([Yesterday], (await world.PollAsync()).Days.Select(day => day.Day));
    }

    [Fact]
    public async Task Equal_answers_on_several_days_settle_and_close_a_day_and_then_it_is_left_alone()
    {
        world.Bills.Credits[("acme", Yesterday)] = 3;
        var statuses = new List<SettlementStatus>();
        for (var hour = 0; hour < 40 * 24; hour += 6)
        {
            await world.PollAsync();
            var status = await world.StatusAsync("acme", Yesterday, hasUsage: true);
            if (statuses.Count == 0 || statuses[^1] != status)
                statuses.Add(status);
            world.Now = world.Now.AddHours(6);
        }

        Assert.Equal([SettlementStatus.Provisional, SettlementStatus.Settled, SettlementStatus.Closed], statuses);
        Assert.InRange(world.Bills.Asked.Count(asked => asked.Day == Yesterday), 6, 9);
    }

    [Fact]
    public async Task An_empty_answer_is_a_look()
    {
        var outcome = await world.PollAsync();

        Assert.True(outcome.Days[0].IsStored);
        Assert.Empty(Assert.Single(await world.LooksAsync("acme")).Charges);
    }

    [Fact]
    public async Task Days_are_asked_for_from_the_first_usage_on_newest_first_and_none_waits_for_ever()
    {
        world.Use("acme", Yesterday.AddDays(-40));
        world.Use("acme", Yesterday.AddDays(-90));
        world.Sources.Add(PollWorld.SourceOf("other"));
        world.Use("other", Yesterday.AddDays(-40));
        world.Bills.Questions = 4;

        var first = await world.PollAsync();

        const int Fitting = PollBilling.QuestionsMax / 4;
        Assert.Equal((Fitting, PollBilling.QuestionsMax), (first.Days.Count, first.Questions));
        Assert.Equal(82 - Fitting, first.DaysLeft);
        Assert.Equal(("acme", Yesterday), world.Bills.Asked[0]);
        Assert.Equal(("other", Yesterday), world.Bills.Asked[1]);
        // The one that waited longest is asked for second.
        Assert.Equal(("acme", Yesterday.AddDays(-40)), world.Bills.Asked[2]);
        Assert.Equal(82 - Fitting, (await world.PollAsync()).Days.Count);
        Assert.Equal(82, world.Bills.Asked.Distinct().Count());
        Assert.Empty((await world.PollAsync()).Days);
    }

    [Fact]
    public async Task A_refused_account_is_remembered_rests_and_is_probed_by_one_day_while_others_go_on()
    {
        world.Sources.Insert(0, PollWorld.SourceOf("closed"));
        world.Use("closed", Yesterday.AddDays(-9));
        world.Bills.Refuse = (organization, _) => organization == "closed"
            ? new ProviderRefusal(ProviderRefusal.NotFound, "Ask the enterprise.", null)
            : null;

        var outcome = await world.PollAsync();

        Assert.Equal(["closed", "acme"], world.Bills.Asked.Select(asked => asked.Account));
        Assert.Equal(9, outcome.DaysLeft);
        var alert = Assert.Single(world.Marks.Alerts.Values);
        Assert.Equal(
            (Alert.BillUnreadable, "github:organization:closed ai_credit/usage", "Ask the enterprise.", 1L, true),
            (alert.Kind, alert.Subject, alert.Message, alert.Count, alert.IsOpen));
        Assert.Contains("not-found", world.Marks.Checkpoints["poll/github:organization:closed/AiCreditUsage/2026-11-18"].Value);
        world.Now = world.Now.AddHours(23);
        Assert.DoesNotContain((await world.PollAsync()).Days, day => day.Refusal is not null);

        world.Now = world.Now.AddHours(1);
        Assert.Equal([Yesterday], (await world.PollAsync()).Days.Where(day => day.Refusal is not null).Select(day => day.Day));
        Assert.Equal(2, Assert.Single(world.Marks.Alerts.Values).Count);

        world.Bills.Refuse = (_, _) => null;
        world.Now = world.Now.AddHours(24);
        Assert.Equal(12, (await world.PollAsync()).Days.Count(day => day.Account == PollWorld.AccountOf("closed")));
        Assert.False(Assert.Single(world.Marks.Alerts.Values).IsOpen);
        Assert.DoesNotContain(world.Marks.Checkpoints.Keys, name => name.StartsWith("poll"));
    }

    [Fact]
    public async Task The_provider_is_left_alone_for_as_long_as_it_says()
    {
        world.Bills.Refuse = (_, _) => new ProviderRefusal(ProviderRefusal.RateLimited, "Wait.", TimeSpan.FromMinutes(7));
        await world.PollAsync();
        world.Bills.Refuse = (_, _) => null;

        world.Now = world.Now.AddMinutes(6);
        Assert.Empty((await world.PollAsync()).Days);
        world.Now = world.Now.AddMinutes(1);
        Assert.Single((await world.PollAsync()).Days);
    }

    [Fact]
    public async Task A_day_that_is_never_answered_keeps_no_other_day_waiting()
    {
        var broken = Yesterday.AddDays(-3);
        world.Use("acme", Yesterday.AddDays(-9));
        world.Bills.Refuse = (_, day) => day == broken
            ? new ProviderRefusal(ProviderRefusal.Unavailable, "Later.", null)
            : null;

        await world.PollAsync();
        world.Now = world.Now.AddHours(1);
        var again = await world.PollAsync();

        Assert.Equal(9, (await world.LooksAsync("acme")).Count);
        Assert.Equal([broken], again.Days.Select(day => day.Day));
    }

    [Fact]
    public async Task A_provider_that_is_down_is_asked_twice_and_then_left_alone()
    {
        world.Use("acme", Yesterday.AddDays(-9));
        world.Bills.Refuse = (_, _) => new ProviderRefusal(ProviderRefusal.Unavailable, "Later.", null);

        Assert.Equal((2, 8), await CountAsync());

        async Task<(int Asked, int Left)> CountAsync()
        {
            var outcome = await world.PollAsync();
            return (outcome.Days.Count, outcome.DaysLeft);
        }
    }

    [Theory]
    [InlineData("""{"timePeriod":{"year":2026,"month":11},"organization":"acme","usageItems":[]}""", "whole month")]
    [InlineData("""{"timePeriod":{"year":2026,"month":11,"day":17},"organization":"acme","usageItems":[]}""", "2026-11-17")]
    [InlineData("""{"organization":"evil","usageItems":[]}""", "evil")]
    [InlineData("""{"message":"hello"}""", "usageItems")]
    public async Task An_answer_to_another_question_is_no_look(string body, string reason)
    {
        world.Bills.Body = body;

        var outcome = await world.PollAsync();

        Assert.Equal(ProviderRefusal.Malformed, outcome.Days[0].Refusal!.Code);
        Assert.Contains(reason, outcome.Days[0].Refusal!.Message);
        Assert.Empty(await world.LooksAsync("acme"));
        Assert.True(Assert.Single(world.Marks.Alerts.Values).IsOpen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_told_of_a_source_that_is_asked_no_more_is_closed(bool isRemoved)
    {
        world.Sources.Insert(0, PollWorld.SourceOf("gone"));
        world.Bills.Refuse = (_, _) => new ProviderRefusal(ProviderRefusal.Forbidden, "Not for you.", null);
        await world.PollAsync();
        Assert.Equal(2, world.Marks.Alerts.Values.Count(alert => alert.IsOpen));

        world.Sources[0] = PollWorld.SourceOf("gone") with { Token = null };
        if (isRemoved)
            world.Sources.RemoveAt(0);
        await world.PollAsync();

        Assert.Equal(
            [("github:organization:acme ai_credit/usage", true), ("github:organization:gone ai_credit/usage", false)],
            world.Marks.Alerts.Values.Select(alert => (alert.Subject, alert.IsOpen)));
    }

    [Fact]
    public async Task Sources_without_a_token_or_a_provider_are_left_alone()
    {
        world.Sources =
        [
            PollWorld.SourceOf("acme") with { Token = null },
            PollWorld.SourceOf("acme") with { Kind = "openai" },
        ];

        Assert.Empty((await world.PollAsync()).Days);
        Assert.Empty(world.Bills.Asked);
    }

    [Fact]
    public async Task Ended_at_any_step_and_run_again_it_leaves_the_same_rows()
    {
        var steps = await RunAsync(endsAt: null);
        var expected = steps.Rows;
        Assert.InRange(steps.Taken, 20, 200);
        for (var step = 0; step < steps.Taken; step++)
            Assert.Equal(expected, (await RunAsync(step)).Rows);
    }

    // A refusal an hour ago, then an answer, during either of which the process ends; then two whole polls.
    private static async Task<(string Rows, int Taken)> RunAsync(int? endsAt)
    {
        await using var own = new PollWorld();
        own.Bills.Credits[("acme", Yesterday)] = 5;
        own.Use("acme", Yesterday.AddDays(-1));
        own.Steps.EndsAt = endsAt;
        own.Bills.Refuse = (_, day) => day == Yesterday
            ? new ProviderRefusal(ProviderRefusal.Unavailable, "Later.", null)
            : null;
        await PollOrDieAsync(own);
        own.Now = own.Now.AddHours(1);
        own.Bills.Refuse = (_, _) => null;
        await PollOrDieAsync(own);
        var taken = own.Steps.Taken;
        own.Steps.EndsAt = null;
        await own.PollAsync();
        await own.PollAsync();
        var looks = await own.LooksAsync("acme");
        var twice = looks.GroupBy(look => (look.Day, look.ContentHash)).Sum(group => group.Count() - 1);
        Assert.InRange(twice, 0, 1);
        var rows = looks.DistinctBy(look => (look.Day, look.ContentHash))
            .Select(look => $"{look.Day:O} {look.View} {look.ContentHash} {look.GrossNanoCredits}")
            .Concat(own.Marks.Messages.OfType<ReconcileDayMessage>().Select(message => $"{message.Day:O}")
                .Distinct().Order())
            .Concat(own.Marks.Checkpoints.Keys.Where(name => name.StartsWith("poll")))
            .Concat(own.Marks.Alerts.Values.Where(alert => alert.IsOpen).Select(alert => alert.Subject));
        return (string.Join('\n', rows), taken);
    }

    private static async Task PollOrDieAsync(PollWorld own)
    {
        try
        {
            await own.PollAsync();
        }
        catch (KilledException)
        {
            // The next process goes on.
        }
    }
}
