using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Exporting;

/// <summary>Two reports of one day; the process is killed before its n-th call of a storage or of GitHub.</summary>
public sealed class KilledExportTests
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_before_any_call_the_reports_end_alike_and_none_is_begun_beside_another(bool isTimerFirst)
    {
        await using var whole = await StartAsync();
        await whole.WorkAsync();
        var (tables, calls) = (await whole.TablesAsync(), whole.Kill.Calls);
        Assert.Equal(2, whole.GitHub.Reports.Asked.Count);
        for (var call = 0; call < calls; call++)
        {
            await using var world = await StartAsync();
            world.Kill.Arm(call);
            await Assert.ThrowsAsync<ProcessKilledException>(world.WorkAsync);

            world.Kill.Arm(null);
            if (!isTimerFirst)
                await world.DrainAsync();
            for (var hour = 0; hour < 2; hour++)
            {
                await world.WorkAsync();
                world.Clock.Now += TimeSpan.FromHours(1);
            }

            Assert.True(tables == await world.TablesAsync(), $"killed before call {call}: {await world.TablesAsync()}");
            // Only of a report whose id was not noted does GitHub have to say that it is still being made.
            var lost = world.GitHub.Reports.Asked.Count - 2;
            Assert.InRange(lost, 0, 1);
            Assert.True(lost == 1 || world.GitHub.Requests.Count(request => request.Method == "POST") == 2);
        }
    }

    private static async Task<ExportWorld> StartAsync()
    {
        var world = await ExportWorld.StartAsync();
        world.Source = world.Source with { Views = [] };
        world.GitHub.Reports.MadeAfter = TimeSpan.FromMinutes(5);
        world.GitHub.Bills.Add(
            ExportWorld.Enterprise,
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 100) with { Organization = "acme", User = "alice" });
        return world;
    }
}
