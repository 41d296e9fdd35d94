using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Sweeping;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Sweeping;

public sealed class SweepMissedRunsTests : IAsyncDisposable
{
    private static readonly GitHubConfiguration App = new() { AppId = 7, PrivateKey = new Secret("key") };

    private readonly Workplace place = new() { Configuration = new LedgerConfiguration { GitHub = App } };
    private readonly SimulatedGitHub github;

    public SweepMissedRunsTests() => github = new SimulatedGitHub(place.Clock, place.Kill);

    private SweepMissedRuns Sweep => new(
        github, github, place.Store, place.RecordFinishedRun, place.Checkpoints, place.Alerts, place.Configuration,
        place.Clock);

    private List<(long RunId, int Attempt)> Queued =>
        [.. place.Queue.Waiting.OfType<CollectRunMessage>().Select(message => (message.Run.RunId, message.Run.Attempt))];

    private DateTimeOffset Now => place.Clock.Now;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private Task<SweepOutcome> SweepAsync() => Sweep.ExecuteAsync(Workplace.Token);

    private async Task CollectAsync()
    {
        while (place.Queue.Take(QueueNames.CollectRun) is { } message)
        {
            await place.UpdateRun.ExecuteAsync(((CollectRunMessage)message.Message).Run, Workplace.Token);
            place.Queue.Complete(message);
        }
    }

    private void AddDelivery(long id, string guid, TimeSpan ago, bool isDelivered = false, string? action = "completed") =>
        github.Deliveries.Add(new DeliveryAttempt(
            id, guid, Now - ago, github.Deliveries.Exists(sent => sent.Guid == guid), isDelivered, "workflow_run",
            action));

    [Fact]
    public async Task A_finished_agent_run_that_nobody_told_of_is_queued_and_then_known()
    {
        github.AddRun("acme/web", 1, Now.AddHours(-5));
        github.AddRun("acme/web", 2, Now.AddHours(-4), isAgents: false);
        var first = await SweepAsync();
        Assert.Equal([(1, 1)], Queued);
        Assert.Equal((1, 1, 0), (first.RunsSeen, first.RunsQueued, first.RepositoriesLeft));
        Assert.Equal(9, place.Queue.Waiting.OfType<CollectRunMessage>().Single().InstallationId);
        await CollectAsync();
        var second = await SweepAsync();
        Assert.Equal((1, 0), (second.RunsSeen, second.RunsQueued));
        Assert.Empty(Queued);
    }

    [Fact]
    public async Task A_run_that_is_known_and_was_never_collected_is_queued_once_half_a_day_after_its_end()
    {
        await FoldAsync(1, null);
        github.AddRun("acme/web", 1, Now.AddHours(-5), lasts: TimeSpan.Zero);
        var (queued, hours) = (0, 0);
        for (; hours < 40; hours++)
        {
            if ((await SweepAsync()).RunsQueued > 0)
            {
                Assert.Equal(7, hours);
                queued++;
            }

            place.Clock.Now += TimeSpan.FromHours(1);
        }

        Assert.Equal(1, queued);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(CollectionState.Refused, false)]
    [InlineData(CollectionState.NoTelemetry, false)]
    [InlineData(CollectionState.Collected, false)]
    public async Task The_first_look_queues_known_runs_of_which_nobody_knows_what_became(
        CollectionState? state, bool isQueued)
    {
        await FoldAsync(1, state);
        github.AddRun("acme/web", 1, Now.AddDays(-3));
        Assert.Equal(isQueued ? 1 : 0, (await SweepAsync()).RunsQueued);
        Assert.Equal(0, (await SweepAsync()).RunsQueued);
    }

    [Fact]
    public async Task A_look_that_was_refused_asks_again_what_became_of_its_runs()
    {
        github.AddRepository("acme/web");
        await SweepAsync();
        await FoldAsync(1, null);
        github.AddRun("acme/web", 1, Now.AddMinutes(-6));
        place.Clock.Now += TimeSpan.FromHours(13);
        github.Refuse = (method, _) => method == nameof(IRunSource.ListRunsAsync)
            ? new ProviderRefusal(ProviderRefusal.Unavailable, "Down.", null)
            : null;
        Assert.Equal(0, (await SweepAsync()).RunsQueued);
        place.Clock.Now += TimeSpan.FromHours(1);
        github.Refuse = (_, _) => null;
        Assert.Equal(1, (await SweepAsync()).RunsQueued);
    }

    // As an upload does, or a message that failed after its first fold.
    private async Task FoldAsync(long runId, CollectionState? state)
    {
        var run = RunIdentity.Of("github.com", "acme/web", runId, 1, 77)!;
        await place.AddRunAsync(run, 1_000);
        if (state is { } known)
        {
            await ((ILogArchive)place.Archive).AddRecordAsync(
                run, WorkflowRunFile.UploadName, CollectionFile.Create(new CollectionFacts(run, known)),
                Workplace.Token);
        }

        await place.UpdateRun.ExecuteAsync(run, Workplace.Token);
        while (place.Queue.Take(QueueNames.ReconcileDay) is { } message)
            place.Queue.Complete(message);
    }

    [Fact]
    public async Task Without_anything_to_ask_with_nothing_is_asked_and_that_is_said()
    {
        github.IsConfigured = false;
        Assert.NotNull((await SweepAsync()).SkippedBecause);
        Assert.Equal(0, github.Requests);
    }

    [Fact]
    public async Task A_token_sweeps_the_organisations_of_the_configured_bills()
    {
        place.Configuration = new LedgerConfiguration
        {
            Sources =
            [
                new SourceConfiguration { Name = "a", Kind = "github", Organization = "acme" },
                new SourceConfiguration { Name = "b", Kind = "anthropic", Organization = "other" },
            ],
        };
        github.HasApp = false;
        AddDelivery(1, "d-1", TimeSpan.FromHours(1));
        github.AddRun("acme/web", 1, Now.AddHours(-5));
        github.AddRun("other/web", 2, Now.AddHours(-5));
        Assert.Equal(1, (await SweepAsync()).Repositories);
        Assert.Equal([(1, 1)], Queued);
        Assert.Empty(github.SentAgain);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData("2026-09-01", 80)]
    public async Task The_first_look_goes_back_a_week_or_as_far_as_is_configured(string? since, int days)
    {
        place.Configuration = place.Configuration with
        {
            CollectingSince = since is null ? null : DateOnly.Parse(since, null),
        };
        github.AddRepository("acme/web");
        await SweepAsync();
        Assert.Equal(days, (int)(Now - github.Listed[0].From).TotalDays);
    }

    [Fact]
    public async Task A_later_look_begins_a_day_before_the_last_one_and_finds_runs_that_were_repeated_since()
    {
        var run = github.AddRun("acme/web", 1, Now.AddMinutes(-30));
        await SweepAsync();
        await CollectAsync();
        var before = Now;
        place.Clock.Now += TimeSpan.FromHours(20);
        run.Add(Now.AddMinutes(-10), TimeSpan.FromMinutes(5));
        github.Listed.Clear();
        await SweepAsync();
        Assert.Equal(before.AddDays(-1), github.Listed[0].From);
        Assert.Equal([(1, 2)], Queued);
    }

    [Fact]
    public async Task A_run_that_goes_on_for_days_is_asked_for_by_its_id()
    {
        github.AddRun("acme/web", 1, Now.AddHours(-1), lasts: TimeSpan.FromDays(3));
        for (var hour = 0; hour < 72; hour += 12)
        {
            await SweepAsync();
            Assert.Empty(Queued);
            place.Clock.Now += TimeSpan.FromHours(12);
        }

        await SweepAsync();
        Assert.Equal([(1, 1)], Queued);
    }

    [Fact]
    public async Task A_period_with_a_thousand_runs_is_halved_until_every_run_is_listed()
    {
        for (var at = 0; at < 2_500; at++)
            github.AddRun("acme/web", at + 1, Now.AddHours(-2).AddSeconds(at), isAgents: at % 100 == 0);
        var outcome = await SweepAsync();
        Assert.Equal(25, outcome.RunsSeen);
        Assert.Equal(25, Queued.Distinct().Count());
        Assert.Equal(0, outcome.RepositoriesLeft);
        Assert.Empty(place.Alerts.All);
    }

    [Fact]
    public async Task A_second_with_a_thousand_runs_is_told_as_a_hole()
    {
        for (var at = 0; at < 1_200; at++)
            github.AddRun("acme/web", at + 1, Now.AddHours(-2), isAgents: false);
        await SweepAsync();
        Assert.Equal(
            [(Alert.RunsUnlisted, "github.com/acme/web")],
            place.Alerts.All.Select(alert => (alert.Kind, alert.Subject)));
    }

    [Fact]
    public async Task A_hole_is_closed_by_a_later_look_that_is_whole()
    {
        for (var at = 0; at < 1_200; at++)
            github.AddRun("acme/web", at + 1, Now.AddHours(-2), isAgents: false);
        var wasOpen = new List<bool>();
        // A look goes a day back, so that the hole is seen for as long.
        for (var hour = 0; hour < 30; hour += 6)
        {
            await SweepAsync();
            wasOpen.Add(Assert.Single(place.Alerts.All).IsOpen);
            place.Clock.Now += TimeSpan.FromHours(6);
        }

        Assert.Equal([true, true, true, true, true], wasOpen);
        await SweepAsync();
        Assert.False(Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task A_look_that_takes_several_sweeps_does_not_close_the_hole_that_it_found()
    {
        // The hole comes first, and the rest takes more questions than a look has.
        for (var at = 0; at < 1_200; at++)
            github.AddRun("acme/web", at + 1, Now.AddDays(-6), isAgents: false);
        for (var at = 0; at < 9_000; at++)
            github.AddRun("acme/web", 2_000 + at, Now.AddDays(-5).AddSeconds(at * 40), isAgents: false);
        var sweeps = 0;
        for (var left = 1; left > 0; sweeps++)
        {
            left = (await SweepAsync()).RepositoriesLeft;
            Assert.True(Assert.Single(place.Alerts.All).IsOpen);
            place.Clock.Now += TimeSpan.FromMinutes(15);
        }

        Assert.InRange(sweeps, 2, 10);
        await SweepAsync();
        Assert.False(Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task What_was_told_of_a_repository_that_is_gone_is_closed_once_all_are_listed()
    {
        github.AddRun("acme/a", 1, Now.AddHours(-2));
        github.AddRun("acme/b", 2, Now.AddHours(-2));
        github.Refuse = (method, _) => method == nameof(IRunSource.ListRunsAsync)
            ? new ProviderRefusal(ProviderRefusal.NotFound, "Not for you.", null)
            : null;
        await SweepAsync();
        github.RemoveRepository("acme/a");
        github.Unlisted = new ProviderRefusal(ProviderRefusal.Unavailable, "Down.", null);
        await SweepAsync();
        Assert.All(place.Alerts.All, alert => Assert.True(alert.IsOpen));
        github.Unlisted = null;
        await SweepAsync();
        Assert.Equal(
            [("github.com/acme/a", false), ("github.com/acme/b", true)],
            place.Alerts.All.Select(alert => (alert.Subject, alert.IsOpen)));
    }

    [Fact]
    public async Task What_was_told_of_an_organisation_that_is_not_configured_any_more_is_closed()
    {
        github.HasApp = false;
        place.Configuration = OfOrganizations("acme", "gone");
        github.Refuse = (method, _) => method == nameof(IRunSource.ListRepositoriesAsync)
            ? new ProviderRefusal(ProviderRefusal.NotFound, "No such organisation.", null)
            : null;
        await SweepAsync();
        Assert.Equal(2, place.Alerts.All.Count(alert => alert.IsOpen));
        github.Refuse = (_, _) => null;
        place.Configuration = OfOrganizations("acme");
        await SweepAsync();
        Assert.All(place.Alerts.All, alert => Assert.False(alert.IsOpen));
    }

    private static LedgerConfiguration OfOrganizations(params string[] organizations) => new()
    {
        Sources =
        [
            .. organizations.Select(name => new SourceConfiguration { Name = name, Kind = "github", Organization = name }),
        ],
    };

    [Fact]
    public async Task A_repository_with_more_than_one_turn_can_tell_lets_the_others_have_theirs()
    {
        for (var at = 0; at < 9_000; at++)
            github.AddRun("acme/busy", at + 1, Now.AddDays(-6).AddSeconds(at * 50), isAgents: at % 1_000 == 999);
        github.AddRun("acme/quiet", 10_001, Now.AddHours(-2));
        var first = await SweepAsync();
        Assert.Equal((2, 1), (first.RepositoriesLookedAt, first.RepositoriesLeft));
        Assert.Contains((10_001, 1), Queued);
        for (var sweep = 0; sweep < 5; sweep++)
            await SweepAsync();
        Assert.Equal(10, Queued.Distinct().Count());
    }

    [Fact]
    public async Task A_used_up_limit_ends_the_sweep_and_the_next_one_goes_on()
    {
        github.AddRun("acme/a", 1, Now.AddHours(-2));
        github.AddRun("acme/b", 2, Now.AddHours(-2));
        github.Refuse = (method, repository) => method == nameof(IRunSource.ListRunsAsync) && repository == "acme/b"
            ? new ProviderRefusal(ProviderRefusal.RateLimited, "Too often.", TimeSpan.FromMinutes(30))
            : null;
        var first = await SweepAsync();
        Assert.Equal((ProviderRefusal.RateLimited, 1), (first.Refusal?.Code, first.RepositoriesLeft));
        Assert.Empty(place.Alerts.All);
        github.Refuse = (_, _) => null;
        github.Listed.Clear();
        await SweepAsync();
        Assert.Equal("acme/b", github.Listed[0].Repository);
        Assert.Equal([(1, 1), (2, 1)], Queued.Distinct());
    }

    [Theory]
    [InlineData(ProviderRefusal.Forbidden)]
    [InlineData(ProviderRefusal.NotFound)]
    public async Task A_refused_repository_is_told_and_keeps_no_other_waiting(string code)
    {
        github.AddRun("acme/a", 1, Now.AddHours(-2));
        github.AddRun("acme/b", 2, Now.AddHours(-2));
        github.Refuse = (method, repository) => method == nameof(IRunSource.ListRunsAsync) && repository == "acme/a"
            ? new ProviderRefusal(code, "Not for you.", null)
            : null;
        var outcome = await SweepAsync();
        Assert.Equal((1, 1), (outcome.RepositoriesRefused, outcome.RunsQueued));
        Assert.Equal([("github.com/acme/a", true)], place.Alerts.All.Select(alert => (alert.Subject, alert.IsOpen)));
        place.Clock.Now += TimeSpan.FromMinutes(15);
        github.Refuse = (_, _) => null;
        await SweepAsync();
        Assert.Contains((1, 1), Queued);
        Assert.False(Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task An_organisation_that_is_not_listed_is_told_and_the_others_are_swept()
    {
        github.AddRun("acme/a", 1, Now.AddHours(-2));
        github.Unlisted = new ProviderRefusal(ProviderRefusal.Forbidden, "An IP allow list.", null);
        var outcome = await SweepAsync();
        Assert.Equal((ProviderRefusal.Forbidden, 1), (outcome.Refusal?.Code, outcome.RunsQueued));
        Assert.Equal(
            (Alert.SweepRefused, "An IP allow list.", true),
            place.Alerts.All.Select(alert => (alert.Kind, alert.Message, alert.IsOpen)).Single());
        github.Unlisted = null;
        await SweepAsync();
        Assert.False(Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task A_list_of_20000_repositories_leaves_questions_for_looking_at_them()
    {
        foreach (var number in Enumerable.Range(0, 20_000))
            github.AddRun($"acme/r{number:d5}", number + 1, Now.AddHours(-2));
        var outcome = await SweepAsync();
        Assert.Equal(20_000, outcome.Repositories);
        Assert.Equal(SweepMissedRuns.QuestionsMax, outcome.RepositoriesLookedAt);
    }

    [Fact]
    public async Task A_failed_delivery_is_sent_again_until_it_is_taken()
    {
        AddDelivery(1, "taken", TimeSpan.FromHours(5));
        AddDelivery(2, "taken", TimeSpan.FromHours(4), isDelivered: true);
        AddDelivery(3, "failed", TimeSpan.FromHours(3));
        AddDelivery(4, "failed", TimeSpan.FromHours(2));
        AddDelivery(5, "of no end", TimeSpan.FromHours(2), action: "requested");
        github.OnSentAgain = attempt => AddDelivery(6, attempt.Guid, TimeSpan.Zero, isDelivered: true);
        Assert.Equal(1, (await SweepAsync()).DeliveriesSentAgain);
        Assert.Equal([4], github.SentAgain);
        await SweepAsync();
        await SweepAsync();
        Assert.Equal([4], github.SentAgain);
    }

    [Fact]
    public async Task A_delivery_that_always_fails_is_given_up_and_one_of_over_three_days_is_not_asked_for()
    {
        var id = 10;
        AddDelivery(1, "old", TimeSpan.FromHours(73));
        AddDelivery(2, "failed", TimeSpan.FromHours(3));
        github.OnSentAgain = attempt => AddDelivery(++id, attempt.Guid, TimeSpan.Zero);
        var outcomes = new List<SweepOutcome>();
        for (var sweep = 0; sweep < 6; sweep++)
        {
            outcomes.Add(await SweepAsync());
            place.Clock.Now += TimeSpan.FromMinutes(15);
        }

        Assert.Equal([2, 11, 12], github.SentAgain);
        Assert.Equal([0, 0, 0, 1, 0, 0], outcomes.Select(outcome => outcome.DeliveriesGivenUp));
    }

    [Fact]
    public async Task Killed_before_any_call_and_run_again_the_same_runs_are_queued()
    {
        github.AddRun("acme/a", 1, Now.AddHours(-3));
        github.AddRun("acme/a", 2, Now.AddHours(-2), lasts: TimeSpan.FromHours(1));
        github.AddRun("acme/b", 3, Now.AddDays(-3), lasts: TimeSpan.FromDays(9));
        AddDelivery(1, "failed", TimeSpan.FromHours(3));
        place.Kill.Arm(null);
        await SweepAsync();
        var (calls, expected) = (place.Kill.Calls, Queued.Order().ToList());
        Assert.Equal([(1, 1), (2, 1)], expected);
        Assert.InRange(calls, 10, 100);
        for (var call = 0; call < calls; call++)
        {
            await using var other = new SweepMissedRunsTests();
            await other.KilledBeforeAsync(call, expected);
        }
    }

    private async Task KilledBeforeAsync(int call, List<(long RunId, int Attempt)> expected)
    {
        github.AddRun("acme/a", 1, Now.AddHours(-3));
        github.AddRun("acme/a", 2, Now.AddHours(-2), lasts: TimeSpan.FromHours(1));
        github.AddRun("acme/b", 3, Now.AddDays(-3), lasts: TimeSpan.FromDays(9));
        AddDelivery(1, "failed", TimeSpan.FromHours(3));
        place.Kill.Arm(call);
        await Assert.ThrowsAsync<ProcessKilledException>(SweepAsync);
        place.Kill.Arm(null);
        await SweepAsync();
        Assert.Equal(expected, Queued.Distinct().Order());
        Assert.InRange(github.SentAgain.Count, 1, 2);
        Assert.Equal(2, await place.Checkpoints.ReadAsync("sweep:", Workplace.Token).CountAsync(Workplace.Token));
    }
}
