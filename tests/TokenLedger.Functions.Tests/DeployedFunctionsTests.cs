using TokenLedger.Application.Messages;
using TokenLedger.Functions.Triggers;
using TokenLedger.Hosting.Endpoints;
using TokenLedger.Testing;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Functions.Tests;

/// <summary><c>host.json</c> and the <c>function.json</c> files say what the code says.</summary>
public sealed class DeployedFunctionsTests
{
    private static readonly FunctionsPackage Package = Read();

    [Fact]
    public void The_host_gives_up_a_message_when_the_code_says_so() =>
        Assert.Equal(QueueNames.DequeueCountMax, Package.Settings.DequeueCountMax);

    [Fact]
    public void Signatures_are_over_raw_bytes_and_so_http_is_proxied() => Assert.True(Package.Settings.IsProxying);

    [Fact]
    public void Every_queue_has_its_function_and_every_function_its_path_in_the_handler() => Assert.Equal(
        TriggerEndpoints.QueueFunctions
            .Select(pair => (pair.Function, pair.Queue, TriggerEndpoints.QueueBinding)).Order(),
        Package.Functions.OfType<QueueFunction>()
            .Select(function => (function.Name, function.Queue, function.Binding)).Order());

    [Fact]
    public void Every_queue_of_the_ledger_has_a_function() => Assert.Equal(
        QueueNames.All.Order(StringComparer.Ordinal),
        Package.Functions.OfType<QueueFunction>().Select(function => function.Queue).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_timer_is_the_handlers() => Assert.Equal(
        TriggerEndpoints.TimerFunctions.Select(pair => pair.Function).Order(StringComparer.Ordinal),
        Package.Functions.OfType<TimerFunction>().Select(function => function.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_front_door_has_the_routes_of_the_interface_with_their_keys_and_no_other()
    {
        var doors = Package.Functions.OfType<HttpFunction>().ToList();
        Assert.Equal(LedgerEndpoints.Routes.Count, doors.Count);
        Assert.All(LedgerEndpoints.Routes, route =>
        {
            var door = Assert.Single(doors, candidate => candidate.Route.IsMatch(SamplePath(route.Pattern)));
            Assert.Equal([route.Method], door.Methods ?? []);
            Assert.Equal(route.NeedsKey, door.NeedsKey);
        });
    }

    private static string SamplePath(string pattern) => pattern
        .Replace("{owner}", "acme", StringComparison.Ordinal)
        .Replace("{repository}", "web", StringComparison.Ordinal)
        .Replace("{runId:long}", "7", StringComparison.Ordinal)
        .Replace("{day}", "2026-11-03", StringComparison.Ordinal)
        .Replace("{chargeId}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal);

    // As the package is laid out, without the binary.
    private static FunctionsPackage Read()
    {
        var folder = Directory.CreateTempSubdirectory("tokenledger-functions-");
        try
        {
            File.Copy(Path.Combine(RepositoryRoot.Path, "host.json"), Path.Combine(folder.FullName, "host.json"));
            var source = Path.Combine(RepositoryRoot.Path, "src", "TokenLedger.Functions", "functions");
            foreach (var function in Directory.GetDirectories(source))
            {
                var target = folder.CreateSubdirectory(Path.GetFileName(function));
                File.Copy(Path.Combine(function, "function.json"), Path.Combine(target.FullName, "function.json"));
            }

            return FunctionsPackage.Read(folder.FullName, needsExecutable: false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
