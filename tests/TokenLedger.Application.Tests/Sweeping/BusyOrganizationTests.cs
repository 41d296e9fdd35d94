using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Runs;
using TokenLedger.Application.Sweeping;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Sweeping;

/// <summary>2,000 repositories with 50,000 runs a day, one in a hundred of their deliveries lost.</summary>
public sealed class BusyOrganizationTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Repositories = 2_000;
    private const int RunsPerDay = 50_000;
    private const int Days = 2;

    // Of the 5,000 that GitHub allows an hour, most are for collecting.
    private const int RequestsPerHourMax = 1_500;

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TestClock clock = new(Start);
    private readonly KnownRuns ledger = new();
    private readonly InMemoryCheckpoints checkpoints = new();
    private readonly HashSet<(long RunId, int Attempt)> lost = [];
    private readonly List<CollectRunMessage> queued = [];
    private readonly Dictionary<string, (SimulatedRun Run, int Attempt)> failed = new(StringComparer.Ordinal);
    private int deliveredLate;

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task Every_lost_run_is_queued_once_and_the_hourly_limit_is_far_away()
    {
        var github = new SimulatedGitHub(clock);
        var ends = Populate(github);
        github.OnSentAgain = attempt => SendAgain(github, attempt);
        var queue = new InMemoryWorkQueue(clock);
        var sweep = NewSweep(github, queue);
        var next = 0;
        long seen = 0;
        var ticks = 0;
        // Longer than runs are made: what ended last is seen, too.
        for (; clock.Now < Start.AddDays(Days).AddHours(14); clock.Now = clock.Now.AddMinutes(15), ticks++)
        {
            for (; next < ends.Count && ends[next].At <= clock.Now; next++)
                Tell(github, ends[next].Run, ends[next].Attempt, ends[next].At);
            var outcome = await sweep.ExecuteAsync(TestContext.Current.CancellationToken);
            Assert.Null(outcome.Refusal);
            seen += outcome.RunsSeen;
            Collect(queue);
        }

        Assert.Equal(ends.Count, next);
        foreach (var run in ends.Select(end => end.Run).Distinct().Where(run => run.IsAgents))
            Assert.Equal(run.Attempts, ledger.AttemptsOf(run.Id));
        Assert.Equal(queued.Count, queued.Distinct().Count());
        Assert.All(queued, message => Assert.Contains((message.Run.RunId, message.Run.Attempt), lost));
        var most = github.RequestsByHour.Values.Max();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Repositories} repositories, {ends.Count} ends of runs in {Days} days, {lost.Count} lost to the ledger"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sent again {github.SentAgain.Count}, of these {deliveredLate} taken; queued by listing {queued.Count}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"requests: {github.Requests} in {ticks} sweeps, at most {most} an hour; agent runs looked at {seen}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"storage: runs found {ledger.Asked.Finds}, runs read {ledger.Asked.Reads}"));
        // What became of a run is read once; a repeated run is read by every look.
        Assert.InRange(ledger.Asked.Reads, 1, ledger.Asked.Finds / 4);
        Assert.InRange(most, 1, RequestsPerHourMax);
        var looks = await checkpoints.ReadAsync("sweep:", TestContext.Current.CancellationToken)
            .Select(mark => clock.Now - mark.At)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Repositories, looks.Count);
        Assert.InRange(looks.Max(), TimeSpan.Zero, TimeSpan.FromHours(3.25));
        Assert.InRange(deliveredLate, 1, lost.Count);
        Assert.InRange(queued.Count, 1, lost.Count);
    }

    private List<(DateTimeOffset At, SimulatedRun Run, int Attempt)> Populate(SimulatedGitHub github)
    {
        var dice = new Random(20_261_102);
        for (var repository = 0; repository < Repositories; repository++)
            github.AddRepository(NameOf(repository));
        var times = new List<(DateTimeOffset At, int Repository)>();
        for (var day = 0; day < Days; day++)
        {
            // One repository has 1,500 runs between ten and eleven.
            for (var run = 0; run < 1_500; run++)
                times.Add((Start.AddDays(day).AddHours(10).AddSeconds(dice.Next(3_600)), 0));
            for (var run = 1_500; run < RunsPerDay; run++)
                times.Add((Start.AddDays(day).AddSeconds(dice.Next(86_400)), dice.Next(Repositories)));
        }

        times.Sort();
        var ends = new List<(DateTimeOffset At, SimulatedRun Run, int Attempt)>();
        var id = 1_000_000L;
        foreach (var (at, repository) in times)
        {
            var run = github.AddRun(
                NameOf(repository), ++id, at, isAgents: dice.Next(100) < 30, TimeSpan.FromSeconds(dice.Next(30, 3_600)));
            ends.Add((run.EndOf(1), run, 1));
            if (dice.Next(100) == 0)
            {
                run.Add(run.EndOf(1).AddSeconds(dice.Next(60, 8 * 3_600)), TimeSpan.FromMinutes(10));
                ends.Add((run.EndOf(2), run, 2));
            }
        }

        ends.Sort(static (one, other) => one.At.CompareTo(other.At));
        return ends;
    }

    // One in a hundred is lost: half of them fail at our door, half are never sent.
    private void Tell(SimulatedGitHub github, SimulatedRun run, int attempt, DateTimeOffset at)
    {
        var fate = (run.Id + attempt) % 200;
        foreach (var action in new[] { "requested", "in_progress", "completed" })
        {
            var isLost = action == "completed" && fate < 2;
            if (isLost && fate == 0)
                continue;
            var number = github.Deliveries.Count + 1;
            var guid = $"delivery-{number}";
            github.Deliveries.Add(new DeliveryAttempt(number, guid, at, false, !isLost, "workflow_run", action));
            if (isLost)
                failed.Add(guid, (run, attempt));
        }

        if (!run.IsAgents)
            return;
        if (fate < 2)
            lost.Add((run.Id, attempt));
        else
            ledger.Add(run.Id, attempt);
    }

    // One in ten fails again.
    private void SendAgain(SimulatedGitHub github, DeliveryAttempt delivery)
    {
        var (run, attempt) = failed[delivery.Guid];
        var number = github.Deliveries.Count + 1;
        var isTaken = number % 10 != 0;
        github.Deliveries.Add(delivery with
        {
            Id = number,
            DeliveredAt = clock.Now,
            IsRedelivery = true,
            IsDelivered = isTaken,
        });
        if (!isTaken || !run.IsAgents)
            return;
        ledger.Add(run.Id, attempt);
        deliveredLate++;
    }

    private void Collect(InMemoryWorkQueue queue)
    {
        while (queue.Take(QueueNames.CollectRun) is { } message)
        {
            var collect = (CollectRunMessage)message.Message;
            Assert.True(ledger.AttemptsOf(collect.Run.RunId) < collect.Run.Attempt);
            ledger.Add(collect.Run.RunId, collect.Run.Attempt);
            queued.Add(collect);
            queue.Complete(message);
        }
    }

    private SweepMissedRuns NewSweep(SimulatedGitHub github, InMemoryWorkQueue queue)
    {
        var configuration = new LedgerConfiguration
        {
            GitHub = new GitHubConfiguration { AppId = 7, PrivateKey = new Secret("key") },
            CollectingSince = DateOnly.FromDateTime(Start.UtcDateTime),
        };
        return new SweepMissedRuns(
            github, github, ledger, new RecordFinishedRun(ledger, new RecordArchive(), queue, configuration),
            checkpoints, new InMemoryAlertLog(), configuration, clock);
    }

    private static string NameOf(int repository) =>
        string.Create(CultureInfo.InvariantCulture, $"acme/repository-{repository:D4}");
}
