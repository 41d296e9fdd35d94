using System.Collections.Immutable;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Tests.Budgets;

public sealed class EvaluateBudgetsTests
{
    [Fact]
    public async Task A_month_is_its_final_bills_and_calibrated_estimates_of_the_rest()
    {
        await using var world = await BudgetWorld.StartAsync();

        await world.EvaluateAsync();

        var status = (await world.StatusAsync())!;
        Assert.Equal(10 * BudgetWorld.RunNano, status.SettledNanoCredits);
        Assert.Equal(8 * BudgetWorld.RunNano, status.EstimatedNanoCredits);
        Assert.Equal(0, status.ProvisionalNanoCredits);
        Assert.Equal(41.58m, status.Percent);
        Assert.Equal((BudgetState.Ok, 0), (status.State, status.IncompleteReasons.Count));
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1)), (status.From, status.To));
        Assert.NotNull(status.Forecast);
        Assert.Equal(18 * BudgetWorld.RunNano / 19, status.BurnRateNanoCreditsPerDay);
    }

    [Fact]
    public async Task The_same_input_writes_nothing_and_reads_no_run()
    {
        await using var world = await BudgetWorld.StartAsync();
        await world.EvaluateAsync();
        var before = await world.VersionsAsync();
        var reads = world.Place.Store.RunReads.Count;
        world.Place.Clock.Now = BudgetWorld.Now.AddMinutes(30);

        await world.EvaluateAsync(BudgetWorld.Day(3), BudgetWorld.Day(18));

        Assert.Equal(before, await world.VersionsAsync());
        Assert.Equal(reads, world.Place.Store.RunReads.Count);
    }

    [Fact]
    public async Task A_changed_day_is_read_alone()
    {
        await using var world = await BudgetWorld.StartAsync(
            BudgetWorld.Budget, BudgetWorld.Budget with { Name = "week", Period = BudgetPeriodKind.Week });
        await world.EvaluateAsync();
        await world.AddRunAsync(500, BudgetWorld.Day(17), 20_000);
        await world.ReconcileAsync(BudgetWorld.Day(17));
        var reads = world.Place.Store.RunReads.Count;

        await world.EvaluateAsync(BudgetWorld.Day(17));

        Assert.Equal(
            [(BudgetWorld.Day(17), BudgetWorld.Day(18))],
            world.Place.Store.RunReads.Skip(reads).Select(read => (read.From!.Value, read.To!.Value)));
        // 4.1 credits and a tenth.
        Assert.Equal(
            (8 * BudgetWorld.RunNano) + 4_510_000_000, (await world.StatusAsync())!.EstimatedNanoCredits);
    }

    [Fact]
    public async Task Final_days_teach_once_and_a_day_that_became_final_teaches_those_that_are_not()
    {
        await using var world = await BudgetWorld.StartAsync();
        await world.EvaluateAsync();
        var points = await PointsAsync(world);
        world.Place.Clock.Now = BudgetWorld.Now.AddDays(2);
        await world.BillAsync("third", 11, 2.52m);
        world.Place.Clock.Now = BudgetWorld.Now.AddDays(4);
        await world.BillAsync("fourth", 11, 2.52m);
        await world.ReconcileAsync([.. Enumerable.Range(1, 11).Select(BudgetWorld.Day)]);

        await world.EvaluateAsync(BudgetWorld.Day(11));

        Assert.Equal((10, 11), (points, await PointsAsync(world)));
        Assert.Equal(
            (11 * 2_520_000_000L, 7 * 2_520_000_000L),
            ((await world.StatusAsync())!.SettledNanoCredits, (await world.StatusAsync())!.EstimatedNanoCredits));
    }

    [Fact]
    public async Task Another_definition_has_no_status_until_it_is_evaluated()
    {
        await using var world = await BudgetWorld.StartAsync();
        await world.EvaluateAsync();
        var other = BudgetWorld.Budget with { Scope = new BudgetScope { Repository = "acme/api" } };

        Assert.Null(await world.StatusAsync(other));
        Assert.NotNull(await world.StatusAsync(BudgetWorld.Budget with { ThresholdPercents = [10m] }));
        Assert.Null(await world.StatusAsync(at: BudgetWorld.Now.AddMonths(1)));

        world.Place.Configuration = BudgetWorld.ConfigurationOf(other);
        await world.EvaluateAsync();
        Assert.Equal(0, (await world.StatusAsync(other))!.Spent.NanoCredits);
    }

    [Fact]
    public async Task Rules_that_change_change_the_days_of_a_teams_budget()
    {
        var team = BudgetWorld.Budget with { Scope = new BudgetScope { Team = "web" } };
        await using var world = await BudgetWorld.StartAsync(team);
        await world.EvaluateAsync();
        Assert.Equal(0, (await world.StatusAsync(team))!.Spent.NanoCredits);

        world.Place.Configuration = BudgetWorld.ConfigurationOf(team) with
        {
            Attribution = new AttributionRules(
            [
                new AttributionRule
                {
                    Repository = "acme/*", Team = "web",
                    Tags = ImmutableSortedDictionary<string, string>.Empty.Add("kind", "x"),
                },
            ]),
        };
        await world.EvaluateAsync();

        Assert.Equal(18 * BudgetWorld.RunNano, (await world.StatusAsync(team))!.Spent.NanoCredits);
    }

    [Fact]
    public async Task The_status_of_a_past_period_stays_and_follows_its_days()
    {
        await using var world = await BudgetWorld.StartAsync();
        await world.EvaluateAsync();
        world.Place.Clock.Now = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);
        await world.EvaluateAsync();
        var open = (await world.StatusAsync(at: BudgetWorld.Now))!;
        await world.AddRunAsync(500, BudgetWorld.Day(18), 10_000);
        await world.ReconcileAsync(BudgetWorld.Day(18));

        await world.EvaluateAsync(BudgetWorld.Day(18));

        var closed = (await world.StatusAsync(at: BudgetWorld.Now))!;
        Assert.Equal(18 * BudgetWorld.RunNano, open.Spent.NanoCredits);
        Assert.Equal(19 * BudgetWorld.RunNano, closed.Spent.NanoCredits);
        Assert.Equal(closed.Spent.NanoCredits, closed.Forecast!.Value.NanoCredits);
        Assert.Equal(0, (await world.StatusAsync())!.Spent.NanoCredits);
    }

    [Fact]
    public async Task Every_kind_of_period_and_measure_adds_up_the_same_days()
    {
        Budget[] budgets =
        [
            BudgetWorld.Budget with { Name = "rolling", Period = BudgetPeriodKind.Rolling, RollingDays = 5 },
            BudgetWorld.Budget with { Name = "week", Period = BudgetPeriodKind.Week },
            BudgetWorld.Budget with { Name = "day", Period = BudgetPeriodKind.Day },
            BudgetWorld.Budget with { Name = "net", Measure = BudgetMeasure.Net },
            BudgetWorld.Budget with { Name = "all", Include = BudgetInclude.All },
            BudgetWorld.Budget with { Name = "openai", Scope = new BudgetScope { Channel = Channel.OpenAI } },
        ];
        await using var world = await BudgetWorld.StartAsync(budgets);

        var statuses = await world.Place.EvaluateBudgets.EvaluateAsync(null, [], Workplace.Token);

        // From the 16th, from Monday the 16th, the 20th; net is gross here, and nobody else spends.
        Assert.Equal([3, 3, 0, 18, 18, 0], statuses.Select(status => status.Spent.NanoCredits / BudgetWorld.RunNano));
        Assert.All(statuses, status => Assert.Empty(status.IncompleteReasons));
        var before = Assert.Single(
            await world.Place.EvaluateBudgets.EvaluateAsync(BudgetWorld.Day(9), [], Workplace.Token),
            status => status.Budget.Name is "rolling");
        Assert.Equal((BudgetWorld.Day(5), 5), (before.From, before.Spent.NanoCredits / BudgetWorld.RunNano));
    }

    [Fact]
    public async Task An_override_counts_from_the_next_evaluation_on_and_the_same_one_twice_is_one()
    {
        await using var world = await BudgetWorld.StartAsync();
        var overrides = new BudgetOverrides(world.Place.Records);
        var raise = new BudgetOverride
        {
            Id = BudgetOverrides.IdOf("Acme", 5, "release", "mona", new(2026, 11, 20), new(2026, 11, 22)),
            BudgetName = "Acme", NanoCredits = 5, Reason = "release", Author = "mona",
            From = new(2026, 11, 20), To = new(2026, 11, 22), CreatedAt = BudgetWorld.Now,
        };

        await overrides.AddAsync(raise, Workplace.Token);
        var again = await overrides.AddAsync(raise with { CreatedAt = BudgetWorld.Now.AddHours(1) }, Workplace.Token);
        await world.EvaluateAsync();

        Assert.Equal(BudgetWorld.Now, again!.CreatedAt);
        Assert.Equal(100_000_000_005, (await world.StatusAsync())!.LimitNanoCredits);
        Assert.Equal(raise, await overrides.RemoveAsync(raise.Id.ToUpperInvariant(), Workplace.Token));
        Assert.Null(await overrides.RemoveAsync(raise.Id, Workplace.Token));
        await world.EvaluateAsync();
        Assert.Equal(100_000_000_000, (await world.StatusAsync())!.LimitNanoCredits);
    }

    [Fact]
    public async Task What_a_run_of_a_workflow_costs_is_told_by_its_days_with_and_without_a_budget()
    {
        await using var world = await BudgetWorld.StartAsync();
        world.Place.Configuration = new LedgerConfiguration { Sources = world.Place.Configuration.Sources };
        await world.AddRunAsync(500, BudgetWorld.Day(18), 30_000);
        await world.ReconcileAsync(BudgetWorld.Day(18));

        await world.EvaluateAsync();

        var workflow = Assert.Single(
            await new ReadWorkflowCosts(world.Place.Records).ExecuteAsync(new(2026, 11, 21), Workplace.Token));
        Assert.Equal(("acme/web", ".github/workflows/triage.lock.yml"), (workflow.Repository, workflow.WorkflowPath));
        Assert.Equal((19L, BudgetWorld.RunNano), (workflow.Cost.Runs, workflow.Cost.MedianNanoCredits));
        Assert.Equal(6_710_000_000, workflow.Cost.P95NanoCredits);
    }

    [Fact]
    public async Task A_backtest_judges_each_morning_of_the_periods_that_are_over()
    {
        await using var world = await BudgetWorld.StartAsync();
        var week = BudgetWorld.Budget with { Period = BudgetPeriodKind.Week };
        world.Place.Configuration = BudgetWorld.ConfigurationOf(week);

        var tests = await world.Place.EvaluateBudgets.TestAsync(
            week, BudgetWorld.Day(1), BudgetWorld.Day(25), Workplace.Token);

        Assert.Equal([BudgetWorld.Day(2), BudgetWorld.Day(9)], tests.Select(test => test.Period.From));
        Assert.Equal((7, 7), (tests[1].Days, tests[1].DaysInside));
        Assert.Equal(7 * BudgetWorld.RunNano, tests[1].FinalNanoCredits);
    }

    private static async Task<int> PointsAsync(BudgetWorld world) => await world.Place.Records
        .ReadAsync(BudgetTables.CalibrationPoints, null, null, Workplace.Token)
        .CountAsync(stored => stored.Row.Text("points") is { Length: > 10 }, Workplace.Token);
}
