using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Providers.Http;
using TokenLedger.Providers.OpenAI;
using TokenLedger.Testing.OpenAI;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PollOpenAITests : IAsyncLifetime
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private readonly PollWorld world = new();
    private readonly OpenAIConnection connection;
    private FakeOpenAI openAI = null!;

    public PollOpenAITests() => connection = new OpenAIConnection(
        world.Clock, new CostReportOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });

    public async ValueTask InitializeAsync()
    {
        openAI = await FakeOpenAI.StartAsync(PollWorld.Token);
        world.Providers = [new OpenAIBillingSource(connection)];
        world.Sources =
        [
            new SourceConfiguration
            {
                Name = "acme", Kind = "openai", Organization = "acme", ApiUrl = openAI.Url,
                Token = new Secret(openAI.Key),
            },
        ];
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await openAI.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_day_is_looked_at_daily_from_six_and_settles_at_three_days_by_two_equal_looks_a_day_apart()
    {
        openAI.Costs.Add(Cost("1"));
        world.Now = At(1, 5);
        Assert.DoesNotContain((await world.PollAsync()).Days, day => day.Day == Yesterday);
        world.Now = At(1, 6);
        Assert.Contains((await world.PollAsync()).Days, day => day.Day == Yesterday && day.IsStored);
        world.Now = At(2, 5);
        Assert.DoesNotContain((await world.PollAsync()).Days, day => day.Day == Yesterday);

        // The bill of the second day differs, that of the fourth is the same.
        openAI.Costs.Add(Cost("1e-05") with { LineItem = "gpt-5.6-sol, input" });
        world.Now = At(2, 6);
        Assert.Contains((await world.PollAsync()).Days, day => day.Day == Yesterday && day.IsStored);
        world.Now = At(3, 6);
        await world.PollAsync();
        Assert.Equal(SettlementStatus.Provisional, await StatusAsync());
        world.Now = At(4, 6);
        await world.PollAsync();
        Assert.Equal(SettlementStatus.Settled, await StatusAsync());
        world.Now = At(36, 12);
        await world.PollAsync();
        Assert.Equal(SettlementStatus.Closed, await StatusAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_day_of_nothing_never_settles_where_there_was_usage(bool hasEmptyBuckets)
    {
        openAI.HasEmptyBuckets = hasEmptyBuckets;
        for (var day = 1; day < 6; day++)
        {
            world.Now = At(day, 6);
            Assert.All((await world.PollAsync()).Days, polled => Assert.Null(polled.Refusal));
        }

        var settlement = Settlement(await LooksAsync(), hasUsage: true);
        Assert.Equal(
            (SettlementStatus.Provisional, SettlementReason.NoBillForUsage), (settlement.Status, settlement.Reason));
        Assert.Equal(SettlementStatus.Settled, Settlement(await LooksAsync(), hasUsage: false).Status);
    }

    [Fact]
    public async Task A_refused_key_is_one_question_and_a_limit_is_waited_for()
    {
        openAI.Misbehave(new ProviderFault
        {
            Status = 429, Body = "{}", Headers = { ["Retry-After"] = "600" }, Times = 1,
        });

        Assert.Equal("rate-limited", Assert.Single((await world.PollAsync()).Days).Refusal!.Code);
        Assert.Empty((await world.PollAsync()).Days);
        world.Now = world.Now.AddMinutes(10);
        Assert.True(Assert.Single((await world.PollAsync()).Days).IsStored);
    }

    [Fact]
    public async Task A_bad_amount_is_an_incomplete_look_that_never_takes_the_place_of_a_whole_one()
    {
        var good = Cost("1");
        openAI.Costs.Add(good);
        await world.PollAsync();
        openAI.Costs.Add(good with { Usd = "\"many\"", LineItem = "gpt-5.6-sol, input" });
        world.Now = world.Now.AddDays(1);
        await world.PollAsync();

        Assert.Equal([false, true], (await LooksAsync()).Select(look => look.IsIncomplete));
    }

    private static FakeOpenAICost Cost(string usd) => new(Yesterday, usd, "gpt-5.6-sol, output");

    private static DateTimeOffset At(int daysLater, int hour) =>
        new(Yesterday.AddDays(daysLater), new TimeOnly(hour, 0), TimeSpan.Zero);

    private async Task<SettlementStatus> StatusAsync() => Settlement(await LooksAsync(), hasUsage: true).Status;

    private DaySettlement Settlement(IEnumerable<Observation> looks, bool hasUsage) =>
        SettlementClassifier.Classify(world.Sources[0].Account, Yesterday, looks, hasUsage, world.Now);

    private async Task<List<Observation>> LooksAsync() =>
        [.. (await world.LooksAsync(world.Sources[0].Account)).Where(look => look.Day == Yesterday)];
}
