using TokenLedger.Storage.Sqlite;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Product;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Worlds.Tests;

/// <summary>A world is decided by its seed alone, and shortcuts of the simulation change nothing in it.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task A_seed_is_the_same_world_each_time() => Assert.Equal(
        await LiveAsync(World.Of(11)), await LiveAsync(World.Of(11)));

    [Fact]
    public async Task Another_seed_is_another_world() => Assert.NotEqual(
        await LiveAsync(World.Of(11)), await LiveAsync(World.Of(12)));

    [Theory]
    [InlineData(2UL)]
    [InlineData(12UL)]
    [InlineData(22UL)]
    [InlineData(33UL)]
    public async Task Hours_that_are_skipped_would_have_changed_nothing(ulong seed)
    {
        var plan = WorldPlan.Of(seed) with { HasFaults = true };
        Assert.Equal(await LiveAsync(World.Of(plan)), await LiveAsync(World.Of(plan), isEveryHour: true));
    }

    [Theory]
    [InlineData(5UL)]
    [InlineData(8UL)]
    public async Task Storage_in_memory_keeps_what_a_ledger_file_keeps(ulong seed)
    {
        var plan = WorldPlan.Of(seed) with { Days = 5 };
        var folder = Directory.CreateTempSubdirectory("tokenledger-world-");
        try
        {
            await using var file = new SqliteLedgerStorage(
                Path.Combine(folder.FullName, "ledger.db"), new TestClock(WorldPlan.StartOf(plan.FirstDay)));
            var storage = new ProductStorage(file.Store, file.Days, new InMemoryBillArchive());
            Assert.Equal(await LiveAsync(World.Of(plan)), await LiveAsync(World.Of(plan), storage));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> LiveAsync(
        World world, ProductStorage? storage = null, bool isEveryHour = false)
    {
        var outcome = await WorldSimulation.RunAsync(world, storage, isEveryHour: isEveryHour);
        return
        [
            .. outcome.Heads
                .OrderBy(pair => pair.Key.Day)
                .ThenBy(pair => pair.Key.Account)
                .SelectMany(pair => pair.Value)
                .Select(seen => seen.ToString()),
            .. outcome.Period.Days.SelectMany(day => day.Shares).Select(share =>
                $"{share.Charge.Id} {share.Slice.Key} {share.GrossNanoCredits} {share.NetNanoCredits}"),
        ];
    }
}
