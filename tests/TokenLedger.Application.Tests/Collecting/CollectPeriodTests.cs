using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Tests.Sweeping;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Collecting;

public sealed class CollectPeriodTests : IAsyncDisposable
{
    private readonly Workplace place = new();
    private readonly SimulatedGitHub github;
    private readonly HastyClock clock;

    public CollectPeriodTests()
    {
        github = new SimulatedGitHub(place.Clock);
        clock = new HastyClock(place.Clock);
    }

    private CollectPeriod Collect => new(
        github,
        new CollectRun(
            github, place.Archive, place.Store, place.Queue, place.UpdateRun,
            new MisplacedUploadAlerts(place.Alerts, place.Clock), Alerts, place.Configuration, place.Clock),
        place.RecordFinishedRun, place.Store, place.Archive, Alerts, place.Configuration, clock);

    private CollectionAlerts Alerts => new(place.Alerts, place.Clock);

    private DateTimeOffset Now => place.Clock.Now;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private async Task<IReadOnlyList<CollectedRepository>> CollectAsync(
        IProgress<CollectProgress>? progress = null, CancellationToken? cancellation = null)
    {
        var request = new CollectRequest("acme", null, Now.AddDays(-30), Now);
        var (repositories, refusal) = await Collect.ExecuteAsync(
            request, progress, cancellation ?? Workplace.Token);
        Assert.Null(refusal);
        return repositories!;
    }

    private static Func<string, string, ProviderRefusal?> RefuseOnce(string method, string code, TimeSpan? wait)
    {
        var left = 1;
        return (asked, _) => asked == method && left-- > 0 ? new ProviderRefusal(code, "Not now.", wait) : null;
    }

    [Theory]
    [InlineData(nameof(IRunSource.ListRepositoriesAsync))]
    [InlineData(nameof(IRunSource.ListRunsAsync))]
    [InlineData(nameof(IRunSource.ListArtifactsAsync))]
    public async Task A_used_up_limit_is_waited_for_and_told(string method)
    {
        github.AddRun("acme/web", 1, Now.AddDays(-2));
        github.Refuse = RefuseOnce(method, ProviderRefusal.RateLimited, TimeSpan.FromMinutes(20));
        var told = new List<CollectProgress>();
        var collected = Assert.Single(await CollectAsync(new Recording(told)));
        Assert.Equal((1, 1, null), (collected.Runs, collected.WithoutTelemetry, collected.Refusal));
        Assert.Equal([TimeSpan.FromSeconds(1_201)], clock.Waits);
        Assert.Single(told, progress => progress.WaitsUntil == Now);
    }

    [Fact]
    public async Task What_GitHub_does_not_list_is_a_row_of_its_own()
    {
        github.AddRun("acme/a", 1, Now.AddHours(-2));
        github.Unlisted = new ProviderRefusal(ProviderRefusal.TooLarge, "There are more.", null);

        var repositories = await CollectAsync();

        Assert.Equal(["acme/a", "others of acme"], repositories.Select(repository => repository.Repository));
        Assert.Equal([null, "too-large"], repositories.Select(repository => repository.Refusal?.Code));
    }

    [Fact]
    public async Task A_limit_that_does_not_end_is_given_up()
    {
        github.AddRun("acme/web", 1, Now.AddDays(-2));
        github.AddRepository("acme/x");
        github.Refuse = (method, _) => method == nameof(IRunSource.ListRunsAsync)
            ? new ProviderRefusal(ProviderRefusal.RateLimited, "Not now.", TimeSpan.FromMinutes(60))
            : null;
        var collected = await CollectAsync();
        Assert.Equal(["Not now.", "not begun"], collected.Select(repository => repository.Note));
        Assert.Equal(6, clock.Waits.Count);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(120, 0)]
    public async Task Late_artifacts_are_waited_for_only_after_a_late_end(int minutesAgo, int waits)
    {
        github.AddRun("acme/web", 1, Now.AddMinutes(-minutesAgo - 5));
        Assert.Equal(1, Assert.Single(await CollectAsync()).WithoutTelemetry);
        Assert.Equal(waits, clock.Waits.Count);
        var run = Assert.Single(await place.Store.ReadRunAsync("github.com", 1, Workplace.Token));
        Assert.Equal(CollectionState.NoTelemetry, run.Facts.Collection);
    }

    [Fact]
    public async Task A_refused_repository_is_named_and_the_others_are_collected()
    {
        github.AddRun("acme/a", 1, Now.AddDays(-2));
        github.AddRun("acme/b", 2, Now.AddDays(-2));
        github.Refuse = (_, repository) => repository == "acme/a"
            ? new ProviderRefusal(ProviderRefusal.Forbidden, "Not for you.", null)
            : null;
        var collected = await CollectAsync();
        Assert.Equal(["Not for you.", null], collected.Select(repository => repository.Note));
        Assert.Equal([0, 1], collected.Select(repository => repository.Runs));
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData("acme/a", false)]
    [InlineData("acme/b", true)]
    public async Task What_was_told_of_a_repository_is_closed_when_a_run_of_it_is_taken(string told, bool isOpen)
    {
        github.AddRun("acme/a", 1, Now.AddDays(-2));
        github.AddRepository("acme/b");
        await Alerts.RaiseAsync(
            RunIdentity.Of("github.com", told, 7, 1)!,
            new ProviderRefusal(ProviderRefusal.Forbidden, "Not for you.", null), Workplace.Token);

        await CollectAsync();

        Assert.Equal(isOpen, Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task Ended_in_between_it_goes_on_where_it_stopped()
    {
        for (var run = 1; run <= 5; run++)
            github.AddRun("acme/web", run, Now.AddDays(-2).AddMinutes(run));
        using var stop = new CancellationTokenSource();
        var told = new List<CollectProgress>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CollectAsync(
            new Recording(told, progress =>
            {
                if (progress.Done == 2)
                    stop.Cancel();
            }),
            stop.Token));
        var collected = Assert.Single(await CollectAsync());
        Assert.Equal((5, 2, 5), (collected.Runs, collected.Known, collected.WithoutTelemetry));
    }

    private sealed class Recording(List<CollectProgress> told, Action<CollectProgress>? then = null)
        : IProgress<CollectProgress>
    {
        public void Report(CollectProgress value)
        {
            told.Add(value);
            then?.Invoke(value);
        }
    }
}
