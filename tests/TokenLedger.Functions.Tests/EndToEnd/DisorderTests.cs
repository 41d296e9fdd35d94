using System.Globalization;
using TokenLedger.Testing.FunctionsHost.EventGrid;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>Deliveries and events that come often, late and in any order leave the tables that one of each leaves.</summary>
public sealed class DisorderTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_125;
    private const int Runs = 50;
    private const int Deliveries = 1_000;
    private const int AtOnce = 8;

    private static readonly DateTimeOffset At =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-4).AddHours(8), TimeSpan.Zero);

    private static readonly DateOnly Day = DateOnly.FromDateTime(At.UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_duplicated_delayed_and_reordered_deliveries_leave_the_same_tables()
    {
        var once = Enumerable.Range(0, Runs).SelectMany(DeliveriesOf).ToList();
        var expected = await TablesAsync(once, disorder: null);
        var dice = new Random(Seed);
        var many = Enumerable.Range(0, Deliveries - once.Count).Select(_ => once[dice.Next(once.Count)])
            // A replay: the same event under another delivery id.
            .Select((delivery, at) => at % 3 == 0 ? delivery with { DeliveryId = $"replay-{at}" } : delivery)
            .Concat(once)
            .ToArray();
        dice.Shuffle(many);
        Assert.Equal(Deliveries, many.Length);

        var rows = await TablesAsync(many, new EventDisorder(Seed));

        Assert.Equal(expected, rows);
        Assert.Equal(Runs * 2, expected.Split('\n').Count(line => line.StartsWith("RunFacts", StringComparison.Ordinal)));
    }

    // Five events of each run, of which two are attempts that ended.
    private static IEnumerable<WorkflowRunDelivery> DeliveriesOf(int run)
    {
        var first = new WorkflowRunDelivery(
            9_000 + run, 1, At.AddMinutes(run), string.Create(CultureInfo.InvariantCulture, $"d-{run}"))
        {
            Conclusion = run % 4 == 0 ? "cancelled" : "failure",
        };
        yield return first with { DeliveryId = first.DeliveryId + "-requested", Action = "requested" };
        yield return first with { DeliveryId = first.DeliveryId + "-in-progress", Action = "in_progress" };
        yield return first;
        yield return first with
        {
            DeliveryId = first.DeliveryId + "-again", Attempt = 2, StartedAt = first.StartedAt.AddHours(1),
            Conclusion = "success",
        };
        yield return first with { DeliveryId = first.DeliveryId + "-odd", Action = "waiting" };
    }

    private async Task<string> TablesAsync(IReadOnlyList<WorkflowRunDelivery> deliveries, EventDisorder? disorder)
    {
        await using var deployment = await Deployment.StartAsync(Token);
        deployment.Events = new EventGridDouble(
            deployment.ConnectionString, disorder: disorder, clientRequestIdOf: deployment.Tap.ClientRequestIdOf);
        var logs = deliveries.Select(delivery => delivery.RunId).Distinct().ToList();
        for (var start = 0; start < deliveries.Count; start += AtOnce)
        {
            await Task.WhenAll(deliveries.Skip(start).Take(AtOnce).Select(delivery => SendAsync(deployment, delivery)));
            if (start / AtOnce % 4 == 0 && logs.Count > 0)
                await UploadAsync(deployment, logs);
            if (start / AtOnce % 16 == 0)
            {
                await deployment.Events.DeliverAsync(Token);
                await deployment.Host.PumpAsync(Token);
            }
        }

        while (logs.Count > 0)
            await UploadAsync(deployment, logs);
        await deployment.SettleAsync(Token);
        output.WriteLine($"{deliveries.Count} deliveries, {deployment.Host.Journal.Invocations.Count} invocations, "
            + $"{deployment.Tap.Calls.Count} storage calls.");
        Assert.DoesNotContain(deployment.Host.Journal.Invocations, call => call.Judgement.Verdict
            != Testing.FunctionsHost.Invocations.Verdict.Succeeded);
        return await deployment.DumpAsync(Day, Day.AddDays(1), Token);
    }

    private static async Task SendAsync(Deployment deployment, WorkflowRunDelivery delivery)
    {
        using var answer = await deployment.DeliverAsync(delivery, Token);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task UploadAsync(Deployment deployment, List<long> logs)
    {
        var runId = logs[^1];
        logs.RemoveAt(logs.Count - 1);
        var at = At.AddMinutes(runId - 9_000).AddSeconds(30);
        await deployment.UploadAsync(runId, 1, "agent.zip", ArtifactZip.Of(runId, at), Token);
    }
}
