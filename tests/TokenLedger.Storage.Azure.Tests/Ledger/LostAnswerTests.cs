using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>A request is repeated because its answer was lost, and meets its own work.</summary>
public sealed class LostAnswerTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Answers => [1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_run_is_told_as_stored_once(int answer)
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        place.Lost.Lose(answer);

        Assert.NotNull(await store.StoreRunAsync(Some.Run(), Token));

        Assert.Equal(1, (await store.FindRunAsync("github.com", 7, Token))!.Revision);
        Assert.Equal(2, await store.ReadRunsAsync(null, null, Token).CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_day_is_told_as_stored_once(int answer)
    {
        var place = new AzureStorageUnderTest(azurite);
        var days = (await place.OpenAsync()).Days;
        await days.StoreAsync(SomeDay.Of("old", 6), Token);
        place.Lost.Lose(answer);

        Assert.True(await days.StoreAsync(SomeDay.Of("new"), Token));

        Assert.Equal(2, (await days.FindAsync(Some.Account, Some.Day, Token))!.Revision);
        Assert.Equal(
            SomeDay.Of("new").DailyCosts,
            await days.ReadDailyCostsAsync(Some.Day, Some.Day.AddDays(1), Token).ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_look_is_told_as_stored_once(int answer)
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        place.Lost.Lose(answer);

        Assert.True(await store.StoreObservationAsync(Some.Look(), Token));

        Assert.Single(await store.ReadObservationsAsync(null, null, null, Token).ToListAsync(Token));
    }
}
