using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure;
using TokenLedger.Testing.FunctionsHost.Invocations;
using TokenLedger.Testing.GitHub.Actions;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>A day of an organisation on which everything goes wrong: every run is there once, every hole has a name.</summary>
public sealed class CollectedDayTests(ITestOutputHelper output)
{
    private const int Runs = 300;
    private const int Repositories = 6;
    private const int RequestsOfWindow = 20;

    // Of one process on Azure.
    private const int RequestsAtOnce = 2;

    // Ten runs of each kind.
    private const int Kinds = 30;
    private const int OfKind = Runs / Kinds;
    private const int Repeated = 0;
    private const int Expired = 1;
    private const int WithoutTelemetry = 2;
    private const int WithoutArtifact = 3;
    private const int Late = 4;
    private const int Refused = 5;
    private const int NeverTold = 6;
    private const int Failed = 7;
    private const int ToldTwice = 8;
    private const int Broken = 9;
    private const int Cancelled = 10;
    private const int InParts = 11;

    private static readonly DateTimeOffset At =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-3).AddMinutes(30), TimeSpan.Zero);

    private static readonly DateOnly Day = DateOnly.FromDateTime(At.UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_of_300_runs_ends_with_every_run_once_and_every_hole_named()
    {
        await using var deployment = await Deployment.StartWithAppAsync([2, 4], Token);
        var repositories = Enumerable.Range(0, Repositories)
            .Select(number => deployment.GitHub.AddRepository(
                string.Create(CultureInfo.InvariantCulture, $"acme/repository-{number}")))
            .ToList();
        var runs = Enumerable.Range(0, Runs)
            .Select(number => Add(repositories[number % Repositories], number))
            .ToList();
        var installation = string.Create(
            CultureInfo.InvariantCulture, $"installation {deployment.GitHub.App.Installations[0].Id}");

        // The late artifact comes after a first look and before the next.
        await TellAsync(deployment, runs.Take(Kinds));
        var look = string.Create(CultureInfo.InvariantCulture, $"/actions/runs/{runs[Late].Id}/artifacts");
        await PumpUntilAsync(deployment, () => deployment.GitHub.Requests.Any(
            request => request.Target.Contains(look, StringComparison.Ordinal)));
        AddTelemetry(runs[Late], "agent", runs[Late].Id);
        // The first window: the hour's requests are used up while the runs of the morning are collected.
        var asked = AskedBy(deployment, installation);
        deployment.GitHub.Limits.LimitTo(installation, RequestsOfWindow, TimeSpan.FromSeconds(20));
        await TellAsync(deployment, runs.Take(Runs / 2).Skip(Kinds));
        // Whoever sees that nothing remains asks no more, so that GitHub need not refuse.
        await PumpUntilAsync(deployment, () => AskedBy(deployment, installation) >= asked + RequestsOfWindow);
        // What was under way is all that may come too much.
        Assert.InRange(deployment.GitHub.Limits.Refused, 0, RequestsAtOnce);
        deployment.GitHub.Limits.LimitTo(installation, 1_000_000, TimeSpan.FromHours(1));
        // The second: too many at once.
        var refused = deployment.GitHub.Limits.Refused;
        await TellAsync(deployment, runs.Skip(Runs / 2));
        deployment.GitHub.Limits.RefuseUntil(TimeProvider.System.GetUtcNow().AddSeconds(30));
        await PumpUntilAsync(deployment, () => deployment.GitHub.Limits.Refused > refused);
        await deployment.SettleAsync(Token);

        var outcome = await SweepAsync(deployment);
        var nothing = await SweepAsync(deployment);

        output.WriteLine(outcome);
        output.WriteLine(nothing);
        output.WriteLine(string.Join(", ", deployment.GitHub.RequestsByEndpoint.OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Key} {pair.Value}")));
        output.WriteLine($"{deployment.GitHub.Requests.Count} requests, {deployment.GitHub.Limits.Refused} refused, "
            + $"{deployment.GitHub.Limits.MostAtOnce} at once at most");
        await AssertRunsAsync(deployment, runs);
        await AssertBillAsync(deployment);
        Assert.InRange(deployment.GitHub.Limits.MostAtOnce, 1, RequestsAtOnce);
        Assert.DoesNotContain(
            deployment.Host.Journal.Invocations, call => call.Judgement.Verdict != Verdict.Succeeded);
        Assert.Empty(deployment.Host.Journal.ExitCodes);
    }

    private static FakeRun Add(FakeRepository repository, int number)
    {
        var kind = number % Kinds;
        var run = repository.AddRun(
            At.AddMinutes(number * 4), kind == Cancelled ? "cancelled" : "success", TimeSpan.FromMinutes(3));
        switch (kind)
        {
            case WithoutArtifact:
            case Late when number < Kinds:
                break;
            case WithoutTelemetry:
                run.AddArtifact("website", ("index.html", "<p>"));
                break;
            case Expired:
                AddTelemetry(run, "agent", run.Id);
                run.Artifacts[0].Expire();
                break;
            case Broken:
                run.AddZip("agent", Encoding.UTF8.GetBytes("no zip"));
                break;
            case Repeated:
                AddTelemetry(run, "agent", run.Id);
                run.Rerun(run.CreatedAt.AddMinutes(30), "success", TimeSpan.FromMinutes(3));
                AddTelemetry(run, "agent", run.Id + 1_000_000_000);
                break;
            case InParts:
                AddTelemetry(run, "agent", run.Id);
                AddTelemetry(run, "a1b2c3-detection", run.Id + 2_000_000_000);
                run.AddArtifact("screenshots", ("one.png", "no picture"));
                break;
            default:
                AddTelemetry(run, "agent", run.Id);
                break;
        }

        return run;
    }

    private static void AddTelemetry(FakeRun run, string name, long requestsOf) => run.AddZip(
        name, ArtifactZip.Of(requestsOf, run.Latest.StartedAt.AddSeconds(20)));

    // The webhook as GitHub sends it, and what becomes of some deliveries.
    private static async Task TellAsync(Deployment deployment, IEnumerable<FakeRun> runs)
    {
        var deliveries = deployment.GitHub.Deliveries;
        foreach (var run in runs)
        {
            var kind = KindOf(run);
            if (kind == NeverTold)
                continue;
            if (kind is Refused or Failed)
                deliveries.LoseNext(1, kind == Failed ? 500 : 0);
            foreach (var attempt in run.Attempts)
                await deliveries.SendAsync(attempt, Token);
            if (kind == ToldTwice)
                await deliveries.SendAsync(run, Token);
        }
    }

    private static int AskedBy(Deployment deployment, string caller) => deployment.GitHub.Requests.Count(
        request => string.Equals(request.Caller, caller, StringComparison.Ordinal));

    private static async Task PumpUntilAsync(Deployment deployment, Func<bool> isSeen)
    {
        for (var round = 0; round < 2_000 && !isSeen(); round++)
        {
            if (await deployment.Host.PumpAsync(Token) == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }

        Assert.True(isSeen(), "It did not come to that.");
    }

    private static async Task<string> SweepAsync(Deployment deployment)
    {
        var sweep = await deployment.Host.FireTimerAsync("SweepMissedRuns", Token);
        Assert.True(sweep.Judgement.Verdict == Verdict.Succeeded, sweep.ToString());
        await deployment.GitHub.Deliveries.SettleAsync();
        await deployment.SettleAsync(Token);
        return sweep.ToString();
    }

    private async Task AssertRunsAsync(Deployment deployment, List<FakeRun> runs)
    {
        await using var ledger = await AzureLedgerStorage.OpenAsync(
            deployment.Storage, TimeProvider.System, Token);
        var stored = await ledger.Store.ReadRunsAsync(Day, Day.AddDays(2), Token).ToListAsync(Token);
        Assert.Equal(
            runs.SelectMany(run => run.Attempts.Select(attempt => (run.Id, attempt.Number))).Order(),
            stored.Select(run => (run.Facts.Key.RunId, run.Facts.Key.Attempt)).Order());
        Assert.All(stored, run =>
        {
            var fake = runs.Single(candidate => candidate.Id == run.Facts.Key.RunId);
            var (state, requests) = ExpectedOf(fake);
            Assert.Equal(
                (fake.Id, state, requests),
                (fake.Id, run.Facts.Collection, run.Slices.Sum(slice => slice.Requests)));
            Assert.Equal(fake.Repository.FullName, run.Facts.Repository);
            Assert.NotNull(run.Facts.ActionsMinutes);
        });
        var problems = await ledger.Store.ReadProblemsAsync(Token).ToListAsync(Token);
        Assert.Equal((OfKind, OfKind, 2 * OfKind), (Count("TL0412"), Count("TL0311"), problems.Count));
        Assert.Empty(await ledger.Alerts.ReadAsync(Token).Where(alert => alert.IsOpen).ToListAsync(Token));
        foreach (var group in stored.GroupBy(run => run.Facts.Collection).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key}: {group.Count()}");

        int Count(string code) => problems.Count(problem => problem.Code == code);
    }

    private static async Task AssertBillAsync(Deployment deployment)
    {
        deployment.GitHub.SetBill("organizations/acme", Day, ("Claude Sonnet 5", 2_000m), ("GPT-5.4 mini", 900m));
        var poll = await deployment.Host.FireTimerAsync("PollBilling", Token);
        Assert.True(poll.Judgement.Verdict == Verdict.Succeeded, poll.ToString());
        await deployment.SettleAsync(Token);

        var (status, body) = await deployment.GetAsync(
            $"/api/reconciliation?org=acme&from={Day:yyyy-MM-dd}&to={Day.AddDays(1):yyyy-MM-dd}", Token);

        Assert.True(status == 200, body);
        Assert.Empty(VerifyArtifact.Execute(Encoding.UTF8.GetBytes(body)).Problems);
        using var document = JsonDocument.Parse(body);
        var totals = document.RootElement.GetProperty("totals");
        Assert.Equal(Runs + OfKind, totals.GetProperty("runs").GetInt32());
        // All but those that expired, had none or were broken.
        Assert.Equal(Runs + OfKind - (4 * OfKind), totals.GetProperty("runsWithTelemetry").GetInt32());
        Assert.Equal(2_900m, totals.GetProperty("billedAiCredits").GetDecimal());
    }

    private static (CollectionState State, long Requests) ExpectedOf(FakeRun run) => KindOf(run) switch
    {
        Expired => (CollectionState.TelemetryExpired, 0),
        WithoutTelemetry or WithoutArtifact or Broken => (CollectionState.NoTelemetry, 0),
        InParts => (CollectionState.Collected, 6),
        _ => (CollectionState.Collected, 3),
    };

    private static int KindOf(FakeRun run) =>
        (int)((run.CreatedAt - At).TotalMinutes / 4) % Kinds;
}
