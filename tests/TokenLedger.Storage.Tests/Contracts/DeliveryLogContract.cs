namespace TokenLedger.Storage.Tests.Contracts;

public abstract class DeliveryLogContract(IStorageUnderTest storage) : StorageContract(storage)
{
    private const string Delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_delivery_is_claimed_once_it_was_claimed_and_not_before()
    {
        var deliveries = await Storage.OpenDeliveriesAsync();
        Assert.False(await deliveries.IsClaimedAsync(Delivery, Token));

        await deliveries.ClaimAsync(Delivery, Some.Time, Token);

        Assert.True(await deliveries.IsClaimedAsync(Delivery, Token));
        Assert.True(await (await Storage.OpenDeliveriesAsync()).IsClaimedAsync(Delivery, Token));
        Assert.False(await deliveries.IsClaimedAsync("72d3162e", Token));
    }

    [Fact]
    public async Task Claiming_again_changes_nothing()
    {
        var deliveries = await Storage.OpenDeliveriesAsync();
        await deliveries.ClaimAsync(Delivery, Some.Time, Token);
        await deliveries.ClaimAsync(Delivery, Some.Time.AddDays(1), Token);

        Assert.True(await deliveries.IsClaimedAsync(Delivery, Token));
    }

    [Fact]
    public async Task A_claim_outlives_the_days_in_which_a_delivery_can_come_again()
    {
        var deliveries = await Storage.OpenDeliveriesAsync();
        await deliveries.ClaimAsync("old", Some.Time, Token);
        for (var day = 1; day <= 4; day++)
            await deliveries.ClaimAsync("of day " + day, Some.Time.AddDays(day), Token);

        Assert.True(await deliveries.IsClaimedAsync("old", Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task A_delivery_may_be_named_by_any_text(string text)
    {
        var deliveries = await Storage.OpenDeliveriesAsync();
        await deliveries.ClaimAsync("other", Some.Time, Token);
        Assert.False(await deliveries.IsClaimedAsync(text, Token));

        await deliveries.ClaimAsync(text, Some.Time, Token);

        Assert.True(await deliveries.IsClaimedAsync(text, Token));
        Assert.True(await deliveries.IsClaimedAsync("other", Token));
    }

    [Fact]
    public async Task Long_names_that_differ_at_their_ends_are_two_deliveries()
    {
        var deliveries = await Storage.OpenDeliveriesAsync();
        var (one, other) = Hostile.LongTwins;

        await deliveries.ClaimAsync(one, Some.Time, Token);

        Assert.False(await deliveries.IsClaimedAsync(other, Token));
    }

    [Fact]
    public async Task Two_processes_may_claim_one_delivery_at_once()
    {
        async Task ClaimAsync()
        {
            var own = await Storage.OpenDeliveriesAsync();
            for (var i = 0; i < 10; i++)
                await own.ClaimAsync("delivery " + i, Some.Time, Token);
        }

        await Task.WhenAll(Task.Run(ClaimAsync, Token), Task.Run(ClaimAsync, Token));

        var deliveries = await Storage.OpenDeliveriesAsync();
        for (var i = 0; i < 10; i++)
            Assert.True(await deliveries.IsClaimedAsync("delivery " + i, Token));
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_of_a_claim_claims_when_it_comes_again()
    {
        var deliveries = await Storage.OpenDeliveriesAsync();

        var writes = await KillAtEveryWriteAsync(
            write => deliveries.ClaimAsync("delivery " + write, Some.Time, Token),
            async write =>
            {
                await deliveries.ClaimAsync("delivery " + write, Some.Time, Token);
                Assert.True(await deliveries.IsClaimedAsync("delivery " + write, Token));
            });

        Assert.True(writes >= 1);
        Assert.True(await deliveries.IsClaimedAsync($"delivery {writes + 1}", Token));
    }
}
