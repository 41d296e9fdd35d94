using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.GitHub.Billing;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PollViewsTests : IAsyncDisposable
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);
    private static readonly ProviderRefusal NotFound = new(ProviderRefusal.NotFound, "Ask the enterprise.", null);

    private readonly PollWorld world = new();
    private readonly ScriptedBills usage;

    public PollViewsTests()
    {
        usage = new ScriptedBills(world.Clock, BillView.Usage);
        world.Providers = [usage, world.Bills];
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Every_view_is_asked_for_the_one_that_is_split_first()
    {
        world.Use("acme", Yesterday.AddDays(-1));

        var outcome = await world.PollAsync();

        Assert.Equal(
            [BillView.AiCreditUsage, BillView.Usage, BillView.AiCreditUsage, BillView.Usage],
            outcome.Days.Select(day => day.View));
        Assert.Equal(4, (await world.LooksAsync("acme")).Count);
    }

    [Fact]
    public async Task Only_the_configured_views_and_the_days_that_a_view_has_are_asked_for()
    {
        world.Sources = [PollWorld.SourceOf("acme") with { Views = [BillView.Usage] }];
        world.Use("acme", Yesterday.AddDays(-3));
        usage.HasDay = day => day < Yesterday;

        var outcome = await world.PollAsync();

        Assert.All(outcome.Days, day => Assert.Equal(BillView.Usage, day.View));
        Assert.Equal(3, outcome.Days.Count);
    }

    [Fact]
    public async Task A_view_that_is_refused_ends_alone_and_its_cause_can_be_read()
    {
        usage.Refuse = (_, _) => NotFound;
        world.Use("acme", Yesterday.AddDays(-5));

        var outcome = await world.PollAsync();

        Assert.Equal(6, outcome.Days.Count(day => day is { View: BillView.AiCreditUsage, Refusal: null }));
        Assert.Single(outcome.Days, day => day.View == BillView.Usage);
        var refusal = Assert.Single(await new RefusalBook(world.Marks).ReadAsync(
            PollWorld.AccountOf("acme"), PollWorld.Token));
        Assert.Equal(
            (BillView.Usage, Yesterday, "not-found", "Ask the enterprise.", true, world.Now.AddHours(23.5)),
            (refusal.View, refusal.Day, refusal.Code, refusal.Message, refusal.IsOfAccount, refusal.RetryAt));
        Assert.Equal("github:organization:acme usage", Assert.Single(world.Marks.Alerts.Values).Subject);
    }

    [Fact]
    public async Task What_was_refused_of_a_view_that_is_asked_for_no_more_is_forgotten_and_its_alert_closed()
    {
        usage.Refuse = (_, _) => NotFound;
        world.Bills.Refuse = (_, _) => new ProviderRefusal(ProviderRefusal.CutOff, "Wait.", null);
        await world.PollAsync();
        Assert.Equal(2, world.Marks.Alerts.Values.Count(alert => alert.IsOpen));

        world.Sources = [PollWorld.SourceOf("acme") with { Views = [BillView.AiCreditUsage] }];
        await world.PollAsync();

        Assert.Equal(
            "github:organization:acme ai_credit/usage 2026-11-18",
            Assert.Single(world.Marks.Alerts.Values, alert => alert.IsOpen).Subject);
        Assert.Equal(
            BillView.AiCreditUsage,
            Assert.Single(await new RefusalBook(world.Marks).ReadAsync(
                PollWorld.AccountOf("acme"), PollWorld.Token)).View);

        world.Sources = [PollWorld.SourceOf("other") with { Views = [BillView.AiCreditUsage] }];
        await world.PollAsync();

        Assert.Equal(
            "github:organization:other ai_credit/usage 2026-11-18",
            Assert.Single(world.Marks.Alerts.Values, alert => alert.IsOpen).Subject);
        Assert.Equal(
            ["poll/github:organization:other/AiCreditUsage/2026-11-18"],
            world.Marks.Checkpoints.Keys.Where(name => name.StartsWith("poll/")));
    }

    [Fact]
    public async Task A_report_that_was_refused_is_remembered_as_long_as_it_is_asked_for()
    {
        using var connection = new GitHubConnection(world.Clock, new GitHubOptions());
        world.Reports = new GitHubReportSource(connection);
        const string Mark = "poll/github:enterprise:inc/DetailedReport/2026-11-18";
        world.Marks.Checkpoints[Mark] = new Checkpoint(Mark, world.Now);
        const string Subject = "github:enterprise:inc reports/detailed 2026-11-18";
        world.Marks.Alerts[(Alert.BillUnreadable, Subject)] = new Alert(
            Alert.BillUnreadable, Subject, "Wait.", world.Now, world.Now, 1, IsOpen: true);
        var source = PollWorld.SourceOf("acme") with { Enterprise = "inc" };

        foreach (var (views, isKnown) in new[]
        {
            (Array.Empty<BillView>(), true), ([BillView.DetailedReport], true), ([BillView.AiCreditReport], false),
        })
        {
            world.Sources = [source with { Views = views }];
            await world.PollAsync();

            Assert.Equal(isKnown, world.Marks.Checkpoints.ContainsKey(Mark));
            Assert.Equal(isKnown, world.Marks.Alerts[(Alert.BillUnreadable, Subject)].IsOpen);
        }
    }

    [Fact]
    public async Task A_limit_of_a_token_ends_all_views_that_are_asked_with_it_and_no_others()
    {
        world.Sources =
        [
            PollWorld.SourceOf("acme"), PollWorld.SourceOf("same"),
            PollWorld.SourceOf("other") with { Token = new("ghp_other") },
        ];
        world.Bills.Refuse = (name, _) => name == "acme"
            ? new ProviderRefusal(ProviderRefusal.RateLimited, "Wait.", TimeSpan.FromMinutes(7))
            : null;

        await world.PollAsync();

        Assert.Equal(["acme", "other"], world.Bills.Asked.Select(asked => asked.Account));
        Assert.Equal(["other"], usage.Asked.Select(asked => asked.Account));
    }

    [Fact]
    public async Task Marks_of_an_earlier_version_are_taken_away_and_keep_nothing_waiting()
    {
        world.Marks.Checkpoints["poll/github:organization:acme/2026-11-18"] = new Checkpoint(
            "poll/github:organization:acme/2026-11-18", world.Now,
            """{"code":"not-found","message":"x","retryAt":"2027-01-01T00:00:00+00:00","isOfAccount":true}""");

        Assert.Equal(2, (await world.PollAsync()).Days.Count);
        Assert.DoesNotContain(world.Marks.Checkpoints.Keys, name => name.StartsWith("poll"));
    }

    [Fact]
    public async Task A_refused_day_that_is_given_up_is_queued_for_reconciling_once()
    {
        world.Providers = [world.Bills];
        world.Use("acme", Yesterday);
        world.Bills.Refuse = (_, day) => day == Yesterday ? NotFound : null;
        for (var day = 0; day < 70; day++)
        {
            world.Now = world.Now.AddDays(1);
            await world.PollAsync();
        }

        Assert.Single(world.Marks.Messages, message => message is ReconcileDayMessage day && day.Day == Yesterday);
    }

    [Fact]
    public async Task A_used_day_that_was_never_seen_is_queued_once_when_it_can_be_asked_for_no_more()
    {
        var old = Yesterday.AddDays(-70);
        world.Use("acme", old);

        await world.PollAsync();
        await world.PollAsync();

        Assert.Single(world.Marks.Messages, message => message is ReconcileDayMessage day && day.Day == old);
    }

    [Fact]
    public async Task A_day_that_takes_more_requests_than_are_left_waits_for_the_next_poll()
    {
        usage.Questions = PollBilling.QuestionsMax;

        Assert.Equal([BillView.AiCreditUsage], (await world.PollAsync()).Days.Select(day => day.View));
        Assert.Equal([BillView.Usage], (await world.PollAsync()).Days.Select(day => day.View));
    }
}
