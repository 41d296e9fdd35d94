using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Reconciling;

public sealed class ReconcileDayTests : IAsyncDisposable
{
    private const string Header = "date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,"
        + "discount_amount,net_amount,username,organization,repository,workflow_path,cost_center_name\n";

    // Credits of a workflow whose run is known and of one whose run is not, a seat, and minutes.
    private const string Detailed = Header
        + "2026-11-03,copilot,copilot_ai_credit,20,ai-credits,0.01,0.2,0.05,0.15,,acme,web,.github/workflows/triage.lock.yml,\n"
        + "2026-11-03,copilot,copilot_ai_credit,7,ai-credits,0.01,0.07,0,0.07,,acme,api,.github/workflows/other.lock.yml,\n"
        + "2026-11-03,copilot,copilot_for_business,1,user-months,19,19,0,19,alice,acme,,,\n"
        + "2026-11-03,actions,actions_linux,100,minutes,0.006,0.6,0.6,0,,acme,web,.github/workflows/triage.lock.yml,\n";

    private const string EnterpriseBill = Header
        + "2026-11-03,copilot,copilot_ai_credit,30,ai-credits,0.01,0.3,0,0.3,,acme,web,.github/workflows/triage.lock.yml,\n";

    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1);
    private static readonly BillingAccount Acme = new("github", BillingAccountKind.Organization, "acme");
    private static readonly BillingAccount Big = new("github", BillingAccountKind.Enterprise, "big");

    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private Task<int> ReconcileAsync() => place.ReconcileDay.ExecuteAsync(Workplace.Day, Workplace.Token);

    private static async Task FillAsync(Workplace place)
    {
        await place.AddRunAsync(Run, 10_000, 20_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await place.ImportAsync(Detailed, new BillHints { Organization = "acme" });
    }

    private async Task<List<DailyCostRow>> DailyCostsAsync() => await place.Days
        .ReadDailyCostsAsync(Workplace.Day, Workplace.Day.AddDays(1), Workplace.Token)
        .ToListAsync(Workplace.Token);

    [Fact]
    public async Task Daily_costs_add_up_to_the_bill_of_each_component()
    {
        await FillAsync(place);
        Assert.Equal(1, await ReconcileAsync());
        var rows = await DailyCostsAsync();
        Assert.Equal(
            [
                ("actions-minutes", 60_000_000_000L, 0L),
                ("ai-usage", 27_000_000_000L, 22_000_000_000L),
                ("other", 1_900_000_000_000L, 1_900_000_000_000L),
            ],
            rows.GroupBy(row => row.Component)
                .Select(group => (
                    group.Key, Gross: group.Sum(row => row.BilledGrossNanoCredits ?? 0),
                    Net: group.Sum(row => row.BilledNetNanoCredits ?? 0)))
                .OrderBy(sum => sum.Key, StringComparer.Ordinal));
        Assert.Equal(rows.Count, rows.Select(row => row.Key).Distinct().Count());
    }

    [Fact]
    public async Task The_totals_of_a_day_are_its_rows()
    {
        await FillAsync(place);
        await ReconcileAsync();
        var head = (await place.Days.FindAsync(Acme, Workplace.Day, Workplace.Token))!;
        var shares = await place.Days.ReadSharesAsync(Acme, Workplace.Day, null, Workplace.Token).ToListAsync(Workplace.Token);
        Assert.Equal(27_000_000_000, head.Totals.BilledGrossNanoCredits);
        Assert.Equal(shares.Sum(share => share.GrossNanoCredits), head.Totals.AllocatedGrossNanoCredits);
        Assert.Equal(
            head.Totals.BilledGrossNanoCredits,
            head.Totals.AllocatedGrossNanoCredits + head.Totals.UnallocatedGrossNanoCredits);
        Assert.Equal(1, head.Totals.Runs);
        Assert.All(shares, share => Assert.Equal("acme/web", share.Repository));
    }

    [Fact]
    public async Task An_unchanged_account_writes_nothing()
    {
        await FillAsync(place);
        await ReconcileAsync();
        Assert.Equal(0, await ReconcileAsync());
        Assert.Equal(1, place.Days.Writes);
    }

    [Fact]
    public async Task A_later_run_of_the_day_is_a_new_revision()
    {
        await FillAsync(place);
        await ReconcileAsync();
        var second = Run with { RunId = 4712 };
        await place.AddRunAsync(second, 5_000);
        await place.UpdateRun.ExecuteAsync(second, Workplace.Token);
        Assert.Equal(1, await ReconcileAsync());
        var head = (await place.Days.FindAsync(Acme, Workplace.Day, Workplace.Token))!;
        Assert.Equal((2L, 2), (head.Revision, head.Totals.Runs));
    }

    [Fact]
    public async Task An_account_that_an_enterprises_bill_supersedes_is_emptied()
    {
        await FillAsync(place);
        await ReconcileAsync();
        place.Configuration = new LedgerConfiguration
        {
            Sources = [new SourceConfiguration
            {
                Name = "big", Kind = "github", Enterprise = "big", PaysOrganizations = ["acme"],
            }],
        };
        await place.ImportAsync(EnterpriseBill, new BillHints { Enterprise = "big" });
        Assert.Equal(2, await ReconcileAsync());
        Assert.All(await DailyCostsAsync(), row => Assert.Equal(Big, row.Account));
        Assert.Equal(
            new DayTotals(null, null, null, null, null, 0, 0),
            (await place.Days.FindAsync(Acme, Workplace.Day, Workplace.Token))!.Totals);
        Assert.Equal(
            30_000_000_000,
            (await DailyCostsAsync()).Sum(row => row.BilledGrossNanoCredits));
        Assert.Equal(0, await ReconcileAsync());
    }

    [Fact]
    public async Task A_run_known_only_by_GitHub_is_one_without_telemetry()
    {
        await FillAsync(place);
        var bare = new WorkflowRunFacts(new RunIdentity("github.com", "acme", "api", 99, 1, 5))
        {
            WorkflowPath = ".github/workflows/other.lock.yml",
            StartedAt = new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero),
        };
        await place.Archive.AddAsync(bare.Run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(bare), Workplace.Token);
        await place.CollectRun.ExecuteAsync(new CollectRunMessage(bare.Run, null), Workplace.Token);
        await ReconcileAsync();
        var parts = await place.Days.ReadUnallocatedAsync(Acme, Workplace.Day, Workplace.Token)
            .ToListAsync(Workplace.Token);
        Assert.Contains(parts, part => part.Runs == "github.com/99/1" && part.GrossNanoCredits == 7_000_000_000);
    }

    [Theory]
    [InlineData("2026-11-02T23:40Z", null, true)]
    [InlineData("2026-11-02T18:01Z", null, true)]
    [InlineData("2026-11-02T18:00Z", null, false)]
    [InlineData("2026-11-02T23:40Z", 9L, true)]
    [InlineData("2026-11-02T20:00Z", 9L, false)]
    public async Task A_run_without_telemetry_of_the_evening_before_may_have_used_the_rest(
        string startedAt, long? minutes, bool isPossible)
    {
        place.Configuration = new LedgerConfiguration
        {
            Sources = [new SourceConfiguration
            {
                Name = "acme", Kind = "github", Organization = "acme", ExclusiveBuckets = [new ExclusiveScope()],
            }],
        };
        await place.AddRunAsync(Run, 10_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await place.ImportAsync(
            Header + "2026-11-03,copilot,copilot_ai_credit,7,ai-credits,0.01,0.07,0,0.07,,acme,,,\n",
            new BillHints { Organization = "acme" });
        Assert.Equal(1, await ReconcileAsync());
        Assert.Equal(7_000_000_000, Assert.Single(await SharesAsync()).GrossNanoCredits);

        var facts = new WorkflowRunFacts(new RunIdentity("github.com", "acme", "api", 99, 1, 5))
        {
            WorkflowPath = ".github/workflows/other.lock.yml",
            StartedAt = DateTimeOffset.Parse(startedAt, CultureInfo.InvariantCulture),
        };
        await place.Store.StoreRunAsync(Bare(facts, minutes), Workplace.Token);

        Assert.Equal(isPossible ? 1 : 0, await ReconcileAsync());
        var share = Assert.Single(await SharesAsync());
        var parts = await place.Days.ReadUnallocatedAsync(Acme, Workplace.Day, Workplace.Token)
            .ToListAsync(Workplace.Token);
        if (isPossible)
        {
            // No more than its estimate, and who may have used the rest is named.
            Assert.InRange(share.GrossNanoCredits, 1, 6_999_999_999);
            Assert.NotEqual(Confidence.Exact, share.Confidence);
            Assert.Equal(
                ("github.com/99/1", UnallocatedReason.RunsWithoutTelemetry),
                (Assert.Single(parts).Runs, parts[0].Reason));
        }
        else
        {
            Assert.Equal(7_000_000_000, share.GrossNanoCredits);
            Assert.Empty(parts);
        }

        // It belongs to the day it started on, and makes no day of its own.
        Assert.Equal(1, (await place.Days.FindAsync(Acme, Workplace.Day, Workplace.Token))!.Totals.Runs);
        var period = (await new ReconcilePeriod(place.Store, place.Days, Workplace.Prices, place.Configuration)
            .ExecuteAsync(
                new ReconciliationScope(ScopeKind.Organization, "acme"), Workplace.Day, Workplace.Day.AddDays(1),
                place.Clock.GetUtcNow(), Workplace.Token))!;
        Assert.Equal(4711, Assert.Single(period.Runs).Facts.Key.RunId);
        Assert.Equal(share.GrossNanoCredits, Assert.Single(Assert.Single(period.Days).Shares).GrossNanoCredits);
    }

    private static FoldedRun Bare(WorkflowRunFacts facts, long? minutes)
    {
        var run = facts.Run;
        var attempt = new LedgerRun(
            new RunFacts(new RunKey(run.Host, run.RunId, run.Attempt), run.Owner, "acme/api")
            {
                WorkflowPath = facts.WorkflowPath, StartedAt = facts.StartedAt, ActionsMinutes = minutes,
            },
            [], new RunReport(), []);
        return new FoldedRun(run.Host, run.RunId, "bare", [attempt], new LineCounts(0, 0, 0, 0), []);
    }

    private async Task<List<ShareRow>> SharesAsync() => await place.Days
        .ReadSharesAsync(Acme, Workplace.Day, null, Workplace.Token).ToListAsync(Workplace.Token);

    [Fact]
    public async Task Killed_before_any_call_and_delivered_again_the_stored_days_are_the_same()
    {
        await using var whole = await StartAsync();
        await DeliverAsync(whole);
        await whole.WorkAsync();
        var expected = await whole.StoredDaysAsync();
        Assert.NotEqual("", expected);

        for (var call = 0; ; call++)
        {
            await using var killed = await StartAsync();
            killed.Kill.Arm(call);
            var isKilled = await IsKilledAsync(killed);
            killed.Kill.Arm(null);
            await DeliverAsync(killed);
            await killed.WorkAsync();
            Assert.Equal(expected, await killed.StoredDaysAsync());
            Assert.Equal(1, killed.Days.Writes);
            Assert.Empty(killed.Queue.Waiting);
            Assert.Empty(killed.Queue.Poisoned);
            if (!isKilled)
            {
                Assert.Equal(10, call);
                break;
            }
        }
    }

    private static async Task<Workplace> StartAsync()
    {
        var world = new Workplace();
        await world.ImportAsync(Detailed, new BillHints { Organization = "acme" });
        await world.AddRunAsync(Run, 10_000, 20_000);
        return world;
    }

    private static Task DeliverAsync(Workplace place) => place.UpdateRun.ExecuteAsync(Run, Workplace.Token);

    private static async Task<bool> IsKilledAsync(Workplace place)
    {
        try
        {
            await DeliverAsync(place);
            await place.WorkAsync();
            return false;
        }
        catch (ProcessKilledException)
        {
            return true;
        }
    }
}
