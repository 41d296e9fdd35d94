using TokenLedger.Testing;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class FunctionsPackageTests
{
    [Fact]
    public void The_products_own_files_are_a_package_the_host_would_start()
    {
        var root = RepositoryRoot.Path;
        var settings = HostSettingsReader.Read(File.ReadAllText(Path.Combine(root, "host.json")));
        Assert.Equal(
            (MessageEncoding.None, 8, 5, TimeSpan.FromSeconds(30), "", true, "tokenledger-functions"),
            (settings.MessageEncoding, settings.BatchSize, settings.DequeueCountMax, settings.VisibilityTimeout,
                settings.RoutePrefix, settings.IsProxying, settings.ExecutablePath));
        Assert.Equal(
            (TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10)), (settings.InitializationTimeout, settings.FunctionTimeout));
        var functions = Directory.GetDirectories(Path.Combine(root, "src/TokenLedger.Functions/functions"))
            .Select(folder => FunctionReader.Read(
                Path.GetFileName(folder), File.ReadAllText(Path.Combine(folder, "function.json")), settings))
            .ToList();
        var webhook = Assert.Single(functions.OfType<HttpFunction>(), function => function.Name == "GitHubWebhook");
        Assert.True(webhook.Route.IsMatch("/api/github/webhooks"));
        Assert.False(webhook.NeedsKey);
        Assert.Contains(functions.OfType<QueueFunction>(), function => function is { Name: "CollectRun", Queue: "collect-run" });
        Assert.Contains(functions.OfType<TimerFunction>(), function => function.Name == "PollBilling");
    }

    [Fact]
    public void A_missing_executable_stops_the_start()
    {
        using var package = new SamplePackage().WithHttp("Ping", "ping");
        Assert.Contains(SamplePackage.Executable, Refused(package.Folder), StringComparison.Ordinal);
        FunctionsPackage.Read(package.Folder, needsExecutable: false);
    }

    [Fact]
    public void An_executable_without_the_bit_stops_the_start()
    {
        // Windows has no such bit.
        if (OperatingSystem.IsWindows())
            return;
        using var package = new SamplePackage().WithHttp("Ping", "ping").WithExecutable();
        File.SetUnixFileMode(Path.Combine(package.Folder, SamplePackage.Executable), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("not executable", Refused(package.Folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bindings":[{"type":"blobTrigger","name":"x"}]}""")]
    [InlineData("""{"bindings":[{"type":"http","name":"x"}]}""")]
    [InlineData("""{"bindings":[{"type":"httpTrigger","name":"x","authLevel":"anonymous"}]}""")]
    [InlineData("""{"bindings":[{"type":"httpTrigger","name":"x","route":"{*all}"},{"type":"http","direction":"out","name":"r"}]}""")]
    [InlineData("""{"bindings":[{"type":"queueTrigger","name":"x"}]}""")]
    [InlineData("""{"bindings":[{"type":"timerTrigger","name":"x","schedule":"hourly"}]}""")]
    [InlineData("""{"bindings":""")]
    [InlineData("{}")]
    public void A_function_the_host_would_not_run_as_needed_stops_the_start(string functionJson)
    {
        using var package = new SamplePackage().With("Odd", functionJson);
        Assert.NotEmpty(Refused(package.Folder));
    }

    [Fact]
    public void Http_functions_need_proxying()
    {
        using var package = new SamplePackage(handler: "\"enableForwardingHttpRequest\": true").WithHttp("Ping", "ping");
        Assert.Contains("enableProxyingHttpRequest", Refused(package.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_prefix_of_its_own_an_app_has_api() => Assert.Equal(
        "api",
        HostSettingsReader.Read("""{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"x"}}}""").RoutePrefix);

    [Theory]
    [InlineData("api/runs/{owner}/{repository}", "/api/runs/a/b", true)]
    [InlineData("api/runs/{owner}/{repository}", "/API/Runs/a/b/", true)]
    [InlineData("api/runs/{owner}/{repository}", "/api/runs/a", false)]
    [InlineData("api/runs/{owner}/{repository}", "/api/runs//b", false)]
    [InlineData("api/runs/{owner}/{repository}", "/api/runs/a/b/c", false)]
    [InlineData("api/health", "/api/health2", false)]
    public void A_route_is_matched_segment_by_segment(string route, string path, bool expected) =>
        Assert.Equal(expected, new RouteTemplate(route).IsMatch(path));

    private static string Refused(string folder) =>
        Assert.Throws<InvalidPackageException>(() => FunctionsPackage.Read(folder)).Message;
}
