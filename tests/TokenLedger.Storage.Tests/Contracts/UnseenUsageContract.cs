using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Runs without tokens that may have run into the day after their start.</summary>
public abstract class UnseenUsageContract(IStorageUnderTest storage) : RunContract(storage)
{
    [Theory]
    [InlineData(18, 0, false)]
    [InlineData(18, 1, true)]
    [InlineData(23, 59, true)]
    public async Task A_run_without_tokens_is_found_on_the_day_it_may_have_run_into(int hour, int minute, bool isFound)
    {
        await using var store = await Storage.OpenLedgerAsync();
        var next = Some.Day.AddDays(1);
        await store.StoreRunAsync(Evening(7, "h1", 0, hour, minute), Token);
        await store.StoreRunAsync(Evening(8, "h1", 1, hour, minute), Token);

        var found = await store.ReadRunsAsync(next, next.AddDays(1), Token).ToListAsync(Token);
        var before = await store.ReadRunsAsync(Some.Day, next, Token).CountAsync(Token);

        Assert.Equal(isFound ? [7L] : [], found.Select(run => run.Facts.Key.RunId));
        Assert.Equal(2, before);
        Assert.Empty(await store.ReadRunsAsync(next.AddDays(1), null, Token).ToListAsync(Token));
        Assert.Equal(
            isFound ? [Some.Day, next] : [Some.Day],
            (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.ChangedDays.Where(day =>
                hour != 18 || minute != 0 || day == Some.Day));
        Assert.Equal([Some.Day], (await store.FindRunAsync(RunKey.PublicHost, 8, Token))!.ChangedDays);
    }

    [Fact]
    public async Task Telemetry_that_comes_late_changes_the_day_the_run_may_have_run_into()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Evening(7, "h1", 0, 23, 40), Token);
        await store.ClearChangedDaysAsync(RunKey.PublicHost, 7, 1, Token);

        var stored = await store.StoreRunAsync(Evening(7, "h2", 1, 23, 40), Token);

        Assert.Equal([Some.Day, Some.Day.AddDays(1)], stored!.ChangedDays);
        Assert.Empty(await store.ReadRunsAsync(Some.Day.AddDays(1), null, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_first_attempt_without_tokens_is_found_beside_one_with_tokens()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var bare = Evening(7, "h1", 0, 23, 40);
        var second = Some.Attempt(7, 2, "acme/api", 1, Some.Day);
        await store.StoreRunAsync(bare with { Attempts = [.. bare.Attempts, second] }, Token);

        var found = await store.ReadRunsAsync(Some.Day.AddDays(1), null, Token).ToListAsync(Token);

        Assert.Equal([1], found.Select(run => run.Facts.Key.Attempt));
    }

    [Fact]
    public async Task A_run_without_tokens_that_goes_or_moves_changes_the_day_it_may_have_run_into()
    {
        await using var store = await Storage.OpenLedgerAsync();
        foreach (var runId in new[] { 7L, 8 })
        {
            await store.StoreRunAsync(Evening(runId, "h1", 0, 23, 40), Token);
            await store.ClearChangedDaysAsync(RunKey.PublicHost, runId, 1, Token);
        }

        var gone = await store.StoreRunAsync(Evening(7, "h2", 0, 23, 40) with { Attempts = [] }, Token);
        var moved = await store.StoreRunAsync(Evening(8, "h2", 0, 9, 0), Token);

        Assert.Equal([Some.Day, Some.Day.AddDays(1)], gone!.ChangedDays);
        Assert.Equal([Some.Day, Some.Day.AddDays(1)], moved!.ChangedDays);
    }

    [Theory]
    [InlineData("0001-01-01T00:00Z")]
    [InlineData("0001-01-01T23:00Z")]
    [InlineData("9999-12-31T23:00Z")]
    public async Task Runs_at_the_ends_of_the_calendar_are_stored_and_found(string startedAt)
    {
        await using var store = await Storage.OpenLedgerAsync();
        var start = DateTimeOffset.Parse(startedAt, CultureInfo.InvariantCulture);
        var run = Evening(7, "h1", 0, 12, 0);
        var facts = run.Attempts[0].Facts with { StartedAt = start };
        await store.StoreRunAsync(run with { Attempts = [run.Attempts[0] with { Facts = facts }] }, Token);

        var day = DateOnly.FromDateTime(start.UtcDateTime);
        Assert.Single(await store.ReadRunsAsync(day, null, Token).ToListAsync(Token));
        Assert.Single(await store.ReadRunsAsync(DateOnly.MinValue, null, Token).ToListAsync(Token));
    }

    private static FoldedRun Evening(long runId, string hash, int slices, int hour, int minute)
    {
        var attempt = Some.Attempt(runId, 1, "acme/api", slices, Some.Day);
        var facts = attempt.Facts with
        {
            StartedAt = new DateTimeOffset(Some.Day, new TimeOnly(hour, minute), TimeSpan.Zero),
        };
        return Some.Run(runId, hash) with { Attempts = [attempt with { Facts = facts }] };
    }
}
