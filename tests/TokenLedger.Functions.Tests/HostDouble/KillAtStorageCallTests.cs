using System.Globalization;
using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.FunctionsHost.Tap;

namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>The pieces together: a real process dies at its n-th storage call and its message comes again.</summary>
public sealed class KillAtStorageCallTests(AzuriteFixture azurite)
{
    private static readonly string[] Work = ["/task/1", "/task/2", "/task/3"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_is_killed_at_any_storage_call_does_its_work_again_after_the_restart()
    {
        var queue = azurite.Storage().Queue(UniqueName.Next("q-"), QueueTextEncoding.Plain);
        await queue.CreateIfMissingAsync(Cancelled);
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        using var package = new SamplePackage("\"messageEncoding\": \"none\"").WithExecutable().WithQueue("Collect", queue.Name);
        await using var host = await FunctionsHostDouble.StartAsync(
            new()
            {
                Package = package.Folder,
                Storage = azurite.ConnectionString,
                HandlerStorage = tap.ConnectionString,
                RetryAfter = TimeSpan.Zero,
                Variables = SamplePackage.Variables,
            },
            Cancelled);
        foreach (var moment in Enum.GetValues<TapMoment>())
        {
            for (var call = 1; call <= Work.Length; call++)
            {
                tap.Mark();
                tap.AtCall(call, moment, host.Kill);
                await queue.PutAsync(call.ToString(CultureInfo.InvariantCulture), cancellationToken: Cancelled);
                await host.DrainAsync(TimeSpan.FromMinutes(2), Cancelled);
                Assert.Equal([.. Work.Take(call), .. Work], tap.Calls.Select(seen => seen.Path));
                Assert.Equal([1, 2], host.Journal.Invocations.TakeLast(2).Select(seen => seen.DequeueCount ?? 0));
            }
        }

        Assert.True(
            host.Journal.ExitCodes.Count == 0,
            string.Join(' ', host.Journal.ExitCodes) + '\n' + string.Join('\n', host.Journal.Lines));
    }
}
