using TokenLedger.Application.Configuration;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class FindingActionsTests : IAsyncLifetime
{
    private const string Cancel = "POST /repos/*/*/actions/runs/*/cancel";
    private const string Disable = "PUT /repos/*/*/actions/workflows/issue-triage.lock.yml/disable";
    private const string File = "issue-triage.lock.yml";

    private GitHubWorld world = null!;
    private FakeRepository repository = null!;
    private FakeRun run = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await GitHubWorld.StartAsync();
        repository = world.GitHub.AddRepository("acme/webshop");
        run = repository.AddRun(GitHubWorld.Start.AddMinutes(-20), conclusion: null);
        world.GitHub.App.Permissions["actions"] = "write";
        world.GitHub.App.Install("acme");
    }

    public async ValueTask DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Without_a_rule_that_fits_nothing_is_asked_and_nothing_written()
    {
        var records = await SeedAsync(new InMemoryRecords());

        Assert.Empty(await TakeAsync(records));
        Assert.Empty(await TakeAsync(records, Rule(FindingActionKind.CancelRun) with { Code = FindingCodes.RisingUse }));
        Assert.Empty(await TakeAsync(records, Rule(FindingActionKind.CancelRun) with { Workflow = "other*" }));
        Assert.Empty(await TakeAsync(records, Rule(FindingActionKind.CancelRun) with { AtStakeNanoCredits = 900_000_000_001 }));

        Assert.Empty(world.GitHub.Requests);
        Assert.Empty(await new ReadFindingActions(records).ExecuteAsync(Token));
    }

    [Fact]
    public async Task A_run_in_progress_is_cancelled_once()
    {
        var records = await SeedAsync(new InMemoryRecords());

        var taken = Assert.Single(await TakeAsync(records, Rule(FindingActionKind.CancelRun)));

        Assert.Equal(FindingActionResult.Done, taken.Result);
        Assert.Equal("cancelled", run.Latest.Conclusion);
        Assert.Equal("write", world.GitHub.App.LastPermissions["actions"]);
        Assert.Empty(await TakeAsync(records, Rule(FindingActionKind.CancelRun)));
        Assert.Equal(1, world.CountOf(Cancel));
        Assert.Equal(taken, Assert.Single(await new ReadFindingActions(records).ExecuteAsync(Token)));
    }

    [Fact]
    public async Task A_dry_look_asks_nothing_and_writes_nothing()
    {
        var records = await SeedAsync(new InMemoryRecords());

        var planned = Assert.Single(await TakerOf(records, Rule(FindingActionKind.CancelRun)).ExecuteAsync(isDry: true, Token));

        Assert.Null(planned.Result);
        Assert.Empty(world.GitHub.Requests);
        Assert.Empty(await new ReadFindingActions(records).ExecuteAsync(Token));
    }

    [Fact]
    public async Task A_run_that_has_ended_is_left_alone_and_so_is_its_next_attempt()
    {
        run.Latest.Finish(world.Clock.Now);
        var ended = await SeedAsync(new InMemoryRecords());
        Assert.Equal(
            FindingActionResult.NotNeeded,
            Assert.Single(await TakeAsync(ended, Rule(FindingActionKind.CancelRun))).Result);

        run.Rerun(world.Clock.Now, conclusion: null);
        var rerun = await SeedAsync(new InMemoryRecords());
        Assert.Equal(
            FindingActionResult.NotNeeded,
            Assert.Single(await TakeAsync(rerun, Rule(FindingActionKind.CancelRun))).Result);
        Assert.Equal("in_progress", run.Latest.Status);
        Assert.Equal(0, world.CountOf(Cancel));
    }

    [Fact]
    public async Task A_workflow_is_disabled_enabled_again_by_undoing_and_not_disabled_a_second_time()
    {
        var records = await SeedAsync(new InMemoryRecords());
        var action = Assert.Single(await TakeAsync(records, Rule(FindingActionKind.DisableWorkflow)));
        Assert.Equal((FindingActionResult.Done, true), (action.Result, action.IsReversible));
        Assert.Equal([File], repository.DisabledWorkflows);

        Assert.Null(await UndoAsync(records, action));
        Assert.Null(await UndoAsync(records, action));
        Assert.Empty(await TakeAsync(records, Rule(FindingActionKind.DisableWorkflow)));

        Assert.Empty(repository.DisabledWorkflows);
        var journal = Assert.Single(await new ReadFindingActions(records).ExecuteAsync(Token));
        Assert.Equal(("alice", world.Clock.Now), (journal.UndoneBy, journal.UndoneAt));
        Assert.Equal(1, world.CountOf(Disable));
    }

    [Fact]
    public async Task A_workflow_that_somebody_disabled_is_not_ours_to_enable()
    {
        repository.Enable(File, isEnabled: false);
        var records = await SeedAsync(new InMemoryRecords());

        var action = Assert.Single(await TakeAsync(records, Rule(FindingActionKind.DisableWorkflow)));
        await UndoAsync(records, action);

        Assert.Equal((FindingActionResult.NotNeeded, false), (action.Result, action.IsReversible));
        Assert.Equal([File], repository.DisabledWorkflows);
    }

    [Theory]
    [InlineData(FindingActionKind.CancelRun)]
    [InlineData(FindingActionKind.DisableWorkflow)]
    public async Task Killed_before_any_write_and_started_again_it_is_done_once_and_known(FindingActionKind kind)
    {
        for (var call = 0; ; call++)
        {
            await DisposeAsync();
            await InitializeAsync();
            var kill = new KillSwitch();
            var records = await SeedAsync(new InMemoryRecords(kill));
            kill.Arm(call);
            var isKilled = false;
            try
            {
                await TakeAsync(records, Rule(kind));
            }
            catch (ProcessKilledException)
            {
                isKilled = true;
            }

            kill.Arm(null);
            await TakeAsync(records, Rule(kind));

            Assert.Equal(1, world.CountOf(kind == FindingActionKind.CancelRun ? Cancel : Disable));
            var journal = Assert.Single(await new ReadFindingActions(records).ExecuteAsync(Token));
            Assert.NotNull(journal.Result);
            Assert.NotEqual(FindingActionResult.Refused, journal.Result);
            Assert.Equal(kind == FindingActionKind.DisableWorkflow, journal.IsReversible);
            if (isKilled)
                continue;
            Assert.Equal(5, call);
            break;
        }
    }

    [Fact]
    public async Task An_App_that_may_only_read_is_told_what_it_needs_and_still_reads()
    {
        world.GitHub.App.Installations[0].Permissions["actions"] = "read";
        var records = await SeedAsync(new InMemoryRecords());

        var action = Assert.Single(await TakeAsync(records, Rule(FindingActionKind.CancelRun)));

        Assert.Equal(FindingActionResult.Refused, action.Result);
        Assert.Equal("in_progress", run.Latest.Status);
        Assert.NotNull((await world.WithApp().FindRunAsync(GitHubWorld.Access("acme/webshop"), run.Id, null, Token)).Value);
    }

    [Fact]
    public async Task Where_GitHub_s_answer_was_lost_the_next_call_looks_before_it_asks_again()
    {
        var records = await SeedAsync(new InMemoryRecords());
        world.GitHub.Misbehave(new ProviderFault { Path = "/cancel", Status = 502 });

        Assert.Null(Assert.Single(await TakeAsync(records, Rule(FindingActionKind.CancelRun))).Result);
        world.GitHub.Misbehave();
        Assert.Equal(
            FindingActionResult.Done, Assert.Single(await TakeAsync(records, Rule(FindingActionKind.CancelRun))).Result);
        Assert.Equal(1, world.CountOf(Cancel));
    }

    [Theory]
    [InlineData("../../etc/passwd", "acme/webshop")]
    [InlineData(".github/workflows/..", "acme/webshop")]
    [InlineData(".github/workflows/a?b.yml", "acme/webshop")]
    [InlineData(".github/workflows/issue-triage.lock.yml", "acme/webshop/../other")]
    public async Task Names_that_GitHub_cannot_have_are_not_asked_for(string path, string name)
    {
        var records = await SeedAsync(new InMemoryRecords(), path, name);

        var action = Assert.Single(await TakeAsync(
            records, Rule(FindingActionKind.DisableWorkflow) with { Workflow = null }));

        Assert.Equal(FindingActionResult.Refused, action.Result);
        Assert.Empty(world.GitHub.Requests);
    }

    [Fact]
    public async Task Findings_of_days_long_over_and_those_that_somebody_decided_about_lead_to_nothing()
    {
        var old = await SeedAsync(new InMemoryRecords());
        world.Clock.Now += TimeSpan.FromDays(3);
        Assert.Empty(await TakeAsync(old, Rule(FindingActionKind.CancelRun)));

        var decided = await SeedAsync(new InMemoryRecords());
        var finding = Assert.Single(await new ReadFindings(decided).ExecuteAsync(null, null, Token).ToListAsync(Token));
        await new DecideFinding(decided, world.Clock).ExecuteAsync(
            finding, FindingStatus.Acknowledged, "alice", "known", Token);
        Assert.Empty(await TakeAsync(decided, Rule(FindingActionKind.CancelRun)));
        Assert.Empty(world.GitHub.Requests);
    }

    private static FindingActionRule Rule(FindingActionKind kind) =>
        new(FindingCodes.RetryLoop, ".github/workflows/issue-*", kind, 500_000_000_000);

    private Task<IReadOnlyList<FindingAction>> TakeAsync(InMemoryRecords records, params FindingActionRule[] rules) =>
        TakerOf(records, rules).ExecuteAsync(isDry: false, Token);

    private TakeFindingActions TakerOf(InMemoryRecords records, params FindingActionRule[] rules) => new(
        records, world.WithApp(), world.ControlOf(world.AppOnly),
        new LedgerConfiguration { GitHub = world.AppOnly, FindingActions = rules }, world.Clock);

    private Task<Application.Ports.ProviderRefusal?> UndoAsync(InMemoryRecords records, FindingAction action) =>
        new UndoFindingAction(records, world.ControlOf(world.AppOnly), world.Clock).ExecuteAsync(action, "alice", Token);

    private async Task<InMemoryRecords> SeedAsync(
        InMemoryRecords records, string path = ".github/workflows/" + File, string name = "acme/webshop")
    {
        var day = DateOnly.FromDateTime(world.Clock.Now.UtcDateTime);
        var finding = new Finding(FindingCodes.RetryLoop, $"github.com/{name}/{run.Id}/1", day)
        {
            Run = new RunKey("github.com", run.Id, 1),
            Message = "a loop",
            Evidence = [],
            Control = "stop it",
        };
        var id = FindingId.Of(finding);
        await records.PutAsync(
            [
                new RecordRow(FindingTables.Findings, FindingTables.PartitionOf(day), $"{finding.Code}|{id}")
                    .Set("id", id)
                    .Set("code", finding.Code)
                    .Set("subject", finding.Subject)
                    .Set("day", (DateOnly?)day)
                    .Set("host", "github.com")
                    .Set("runid", (long?)run.Id)
                    .Set("attempt", (long?)1)
                    .Set("repository", name)
                    .Set("workflowpath", path)
                    .Set("message", finding.Message)
                    .Set("evidence", "{}")
                    .Set("atstake", (long?)900_000_000_000)
                    .Set("control", finding.Control)
                    .Set("firstfoundat", (DateTimeOffset?)world.Clock.Now)
                    .Set("lastseenat", (DateTimeOffset?)world.Clock.Now),
            ],
            Token);
        return records;
    }
}
