using System.Net;
using TokenLedger.Testing.FunctionsHost;

namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>A process of its own under the host.</summary>
public sealed class HandlerProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_has_the_hosts_environment_and_is_restarted_after_an_error_and_after_a_kill()
    {
        using var package = new SamplePackage()
            .WithExecutable()
            .WithHttp("Environment", "environment", methods: "\"get\"")
            .WithHttp("Process", "process", methods: "\"get\"");
        await using var host = await FunctionsHostDouble.StartAsync(
            new()
            {
                Package = package.Folder,
                Storage = SamplePackage.NoStorage,
                Variables = SamplePackage.Variables,
            },
            Cancelled);

        Assert.Equal(
            [
                "AzureWebJobsStorage", "DOTNET_ROOT", "FUNCTIONS_APP_ROOT_PATH", "FUNCTIONS_CUSTOMHANDLER_PORT",
                "FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "FUNCTIONS_HTTPWORKER_ID", "FUNCTIONS_HTTPWORKER_PORT",
            ],
            (await GetAsync(host, "/environment")).Split('\n').Order(StringComparer.Ordinal));

        var first = await GetAsync(host, "/process");
        using (var request = new HttpRequestMessage(HttpMethod.Get, "/process?exit=3"))
        using (var answer = await host.SendAsync(request, Cancelled))
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        var second = await GetAsync(host, "/process");
        host.Kill();
        var third = await GetAsync(host, "/process");
        Assert.Equal(3, new[] { first, second, third }.Distinct(StringComparer.Ordinal).Count());
        // The kill is no exit of the handler's own.
        Assert.True(
            host.Journal.ExitCodes is [3],
            string.Join(' ', host.Journal.ExitCodes) + string.Join('\n', host.Journal.Lines.Select(line => line.Text)));
        Assert.Contains(new(HostLogLevel.Information, "the sample listens"), host.Journal.Lines);
        Assert.Contains(new(HostLogLevel.Warning, "this is a warning"), host.Journal.Lines);
        Assert.Contains(new(HostLogLevel.Error, "this is an error"), host.Journal.Lines);
    }

    private static async Task<string> GetAsync(FunctionsHostDouble host, string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        using var answer = await host.SendAsync(request, Cancelled);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{target}: {answer.StatusCode}\n{Told(host.Journal)}");
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private static string Told(HostJournal journal) => string.Join('\n', [
        .. journal.Invocations.Select(call => $"{call.Function}: {call.Judgement}"),
        .. journal.ExitCodes.Select(code => $"exit {code}"),
        .. journal.Lines.Select(line => line.Text)]);
}
