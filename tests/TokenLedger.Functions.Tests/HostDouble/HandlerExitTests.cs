using System.Net;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class HandlerExitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_answer_means_ready_also_404()
    {
        var handler = new ScriptedHandler { RootStatus = 404 };
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        Assert.Equal(HandlerState.Ready, host.State);
    }

    [Fact]
    public async Task A_handler_that_never_answers_stops_the_application_after_three_starts()
    {
        var runner = new SilentRunner();
        using var package = new SamplePackage(
            handler: "\"enableProxyingHttpRequest\": true, \"initializationTimeout\": \"00:00:00.100\"").WithTimer("Tick");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => package.StartAsync(runner));
        // The host's patience is four times the time-out: whichever ends first.
        Assert.True(failure is HandlerUnavailableException or TimeoutException, failure.ToString());
    }

    [Fact]
    public async Task Exit_0_leaves_the_app_without_a_handler()
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        handler.Runner.Exit(0);
        await UntilAsync(() => host.State == HandlerState.Gone);
        Assert.Equal(1, handler.Runner.Starts);
        Assert.Equal([0], host.Journal.ExitCodes);
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => host.ReadyAsync(Cancelled));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ping");
        using var answer = await host.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Exit_200_is_an_intended_restart_however_often()
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        for (var time = 2; time <= 5; time++)
            await ExitAsync(host, handler, 200, time);
        Assert.Equal([200, 200, 200, 200], host.Journal.ExitCodes);
    }

    [Fact]
    public async Task The_third_error_stops_the_application()
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        await ExitAsync(host, handler, 1, 2);
        await ExitAsync(host, handler, 134, 3);
        handler.Runner.Exit(1);
        await UntilAsync(() => host.State == HandlerState.Stopped);
        Assert.Equal([1, 134, 1], host.Journal.ExitCodes);
        Assert.Equal(3, handler.Runner.Starts);
    }

    [Fact]
    public async Task Errors_half_an_hour_apart_do_not_add_up()
    {
        var clock = new MovedClock();
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner, time: clock);
        for (var time = 2; time <= 5; time++)
        {
            await ExitAsync(host, handler, 1, time);
            clock.MovedBy += TimeSpan.FromMinutes(30);
        }

        Assert.Equal(HandlerState.Ready, host.State);
    }

    [Fact]
    public async Task A_killed_handler_is_started_again_and_counts_as_no_error()
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        for (var time = 2; time <= 6; time++)
        {
            host.Kill();
            await host.ReadyAsync(Cancelled);
            Assert.Equal(time, handler.Runner.Starts);
        }

        Assert.Empty(host.Journal.ExitCodes);
    }

    [Fact]
    public async Task A_timer_is_fired_and_its_answer_judged()
    {
        var handler = new ScriptedHandler { Body = """{"Logs":["polled"]}""" };
        using var package = new SamplePackage().WithTimer("Tick");
        await using var host = await package.StartAsync(handler.Runner);
        var invocation = await host.FireTimerAsync("Tick", Cancelled);
        Assert.Equal((200, (string?)null), (invocation.Status, invocation.Judgement.Reason));
        Assert.Contains(host.Journal.Lines, line => line.Text == "polled");
        var seen = Assert.Single(handler.Seen);
        Assert.Equal(("POST", "/Tick"), (seen.Method, seen.Target));
        Assert.StartsWith("""{"Data":{"tick":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":""", seen.Text, StringComparison.Ordinal);
    }

    private static SamplePackage Package() => new SamplePackage().WithHttp("Ping", "ping");

    private static async Task ExitAsync(FunctionsHostDouble host, ScriptedHandler handler, int code, int starts)
    {
        handler.Runner.Exit(code);
        await UntilAsync(() => handler.Runner.Starts == starts && host.State == HandlerState.Ready);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(10, Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
    }
}
