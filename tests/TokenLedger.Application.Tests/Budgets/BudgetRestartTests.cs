using TokenLedger.Application.Budgets;
using TokenLedger.Domain.Budgets;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Budgets;

public sealed class BudgetRestartTests
{
    private static readonly Budget Week = BudgetWorld.Budget with { Name = "week", Period = BudgetPeriodKind.Week };

    [Fact]
    public async Task Killed_before_any_call_and_run_again_the_rows_are_the_same()
    {
        await using var whole = await StartAsync();
        await whole.EvaluateAsync(BudgetWorld.Day(17));
        var expected = await whole.RowsAsync();
        await using var killed = await StartAsync();
        var kills = 0;
        // Each process goes on from the rows that the one before it left, and is killed a call later.
        for (var call = 0; ; call++)
        {
            killed.Place.Kill.Arm(call);
            var isKilled = await IsKilledAsync(killed);
            killed.Place.Kill.Arm(null);
            if (!isKilled)
                break;
            kills++;
        }

        Assert.True(kills > 10, $"{kills} kills");
        Assert.Equal(expected, await killed.RowsAsync());
    }

    [Fact]
    public async Task Killed_at_a_call_from_the_start_and_run_again_the_rows_are_the_same()
    {
        await using var whole = await StartAsync();
        whole.Place.Kill.Arm(null);
        await whole.EvaluateAsync(BudgetWorld.Day(17));
        var calls = whole.Place.Kill.Calls;
        var expected = await whole.RowsAsync();
        Assert.True(calls > 60, $"{calls} calls");
        // Every seventh: each needs a world of its own.
        for (var call = 0; call < calls; call += 7)
        {
            await using var killed = await StartAsync();
            killed.Place.Kill.Arm(call);
            Assert.True(await IsKilledAsync(killed));
            killed.Place.Kill.Arm(null);
            await killed.EvaluateAsync(BudgetWorld.Day(17));
            Assert.Equal(expected, await killed.RowsAsync());
        }
    }

    [Fact]
    public async Task Whoever_is_overtaken_before_any_of_its_calls_ends_in_the_rows_of_the_newer_day()
    {
        await using var whole = await StartAsync();
        await whole.EvaluateAsync();
        await ChangeAsync(whole);
        await whole.EvaluateAsync();
        var expected = await whole.RowsAsync();
        for (var call = 0; ; call += 5)
        {
            await using var world = await StartAsync();
            await world.EvaluateAsync();
            // The day changes once while it is read, and another process evaluates the change.
            await world.AddRunAsync(501, BudgetWorld.Day(16), 1_000);
            await world.ReconcileAsync(BudgetWorld.Day(16));
            var place = world.Place;
            var records = new InterleavedRecords(place.Records, call, async () =>
            {
                await ChangeAsync(world);
                await world.EvaluateAsync();
            });
            await new EvaluateBudgets(place.Store, place.Days, records, Workplace.Prices, place.Configuration, place.Clock)
                .ExecuteAsync([], Workplace.Token);
            if (records.Calls <= call)
                break;
            Assert.Equal(expected, await world.RowsAsync());
        }

        static async Task ChangeAsync(BudgetWorld world)
        {
            await world.AddRunAsync(501, BudgetWorld.Day(16), 1_000);
            await world.AddRunAsync(500, BudgetWorld.Day(17), 20_000);
            await world.ReconcileAsync(BudgetWorld.Day(16), BudgetWorld.Day(17));
        }
    }

    [Fact]
    public async Task Several_at_once_end_in_the_same_rows_as_one()
    {
        await using var whole = await StartAsync();
        await whole.EvaluateAsync();
        await using var world = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.EvaluateAsync())));

        Assert.Equal(await whole.RowsAsync(), await world.RowsAsync());
    }

    private static Task<BudgetWorld> StartAsync() => BudgetWorld.StartAsync(BudgetWorld.Budget, Week);

    private static async Task<bool> IsKilledAsync(BudgetWorld world)
    {
        try
        {
            await world.EvaluateAsync(BudgetWorld.Day(17));
            return false;
        }
        catch (ProcessKilledException)
        {
            return true;
        }
    }
}
