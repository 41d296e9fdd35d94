using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Settlement;
using TokenLedger.Providers.Anthropic;
using TokenLedger.Providers.Http;
using TokenLedger.Testing.Anthropic;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PollAnthropicTests : IAsyncLifetime
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private readonly PollWorld world = new();
    private readonly AnthropicConnection connection;
    private FakeAnthropic anthropic = null!;

    public PollAnthropicTests() => connection = new AnthropicConnection(
        world.Clock, new CostReportOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });

    public async ValueTask InitializeAsync()
    {
        anthropic = await FakeAnthropic.StartAsync(PollWorld.Token);
        world.Providers = [new AnthropicBillingSource(connection)];
        world.Sources =
        [
            new SourceConfiguration
            {
                Name = "acme", Kind = "anthropic", Organization = "acme", ApiUrl = anthropic.Url,
                Token = new Secret(anthropic.Key),
            },
        ];
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await anthropic.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_day_is_looked_at_from_one_o_clock_and_settles_by_two_equal_looks_six_hours_apart()
    {
        anthropic.Costs.Add(new FakeCost(Yesterday, "100", "claude-sonnet-5", "output_tokens"));
        world.Now = At(Yesterday.AddDays(1), 0);
        Assert.Empty((await world.PollAsync()).Days);

        world.Now = At(Yesterday.AddDays(1), 1);
        Assert.True(Assert.Single((await world.PollAsync()).Days).IsStored);
        world.Now = At(Yesterday.AddDays(1), 6);
        Assert.Empty((await world.PollAsync()).Days);
        world.Now = At(Yesterday.AddDays(1), 7);
        Assert.Single((await world.PollAsync()).Days);
        world.Now = At(Yesterday.AddDays(2), 1);
        await world.PollAsync();

        Assert.Equal(SettlementStatus.Settled, SettlementClassifier.Classify(
            world.Sources[0].Account, Yesterday,
            (await world.LooksAsync(world.Sources[0].Account)).Where(look => look.Day == Yesterday), true,
            world.Now).Status);
    }

    [Fact]
    public async Task A_refused_key_is_one_question_and_a_limit_is_waited_for()
    {
        anthropic.Misbehave(new ProviderFault
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
        var good = new FakeCost(Yesterday, "100", "claude-sonnet-5", "output_tokens");
        anthropic.Costs.Add(good);
        await world.PollAsync();
        anthropic.Costs.Add(good with { Cents = "many", Model = "claude-opus-5" });
        world.Now = world.Now.AddHours(6);
        await world.PollAsync();

        Assert.Equal(
            [false, true], (await world.LooksAsync(world.Sources[0].Account)).Select(look => look.IsIncomplete));
    }

    private static DateTimeOffset At(DateOnly day, int hour) => new(day, new TimeOnly(hour, 0), TimeSpan.Zero);
}
