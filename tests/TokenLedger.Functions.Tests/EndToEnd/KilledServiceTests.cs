using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TokenLedger.Application.Days;
using TokenLedger.Application.Importing;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Azure;
using TokenLedger.Testing.FunctionsHost.Tap;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>The deployed handler is killed after its n-th storage call, for every n.</summary>
public sealed partial class KilledServiceTests(ITestOutputHelper output)
{
    // More than the whole way from webhook to rows takes; a loop of calls would end here.
    private const int CallsMax = 120;

    // Every round has a day of its own, so that its rows can be compared with those of an undisturbed run.
    private static readonly DateTimeOffset LastDay =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-5).AddHours(10), TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_after_any_storage_call_and_started_again_it_ends_in_the_same_tables()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        var expected = await RoundAsync(deployment, 0, kill: null);
        Assert.Contains(nameof(ShareRow), expected);
        Assert.Contains(nameof(DailyCostRow), expected);
        for (var call = 1; call < CallsMax; call++)
        {
            var isKilled = false;
            var rows = await RoundAsync(deployment, call, () =>
            {
                isKilled = true;
                deployment.Host.Kill();
            });
            Assert.True(expected == rows, $"Killed after call {call}:\n{rows}\nExpected:\n{expected}");
            if (isKilled)
                continue;
            output.WriteLine($"{call - 1} storage calls, killed after each of them.");
            return;
        }

        Assert.Fail($"More than {CallsMax} storage calls.");
    }

    // The round's rows, with its own day and run taken out of them.
    private static async Task<string> RoundAsync(Deployment deployment, int round, Action? kill)
    {
        var at = LastDay.AddDays(-round);
        var runId = 880_000_000 + round;
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        await BillAsync(deployment, day);
        var delivery = new WorkflowRunDelivery(runId, 1, at, "kill-" + runId.ToString(CultureInfo.InvariantCulture));
        deployment.Tap.Mark();
        if (kill is not null)
            deployment.Tap.AtCall(round, TapMoment.BeforeAnswering, kill);
        // GitHub redelivers what was not answered with success.
        for (var attempt = 0; attempt < 3 && !await IsAcceptedAsync(deployment, delivery); attempt++)
            await deployment.Host.ReadyAsync(Token);
        await deployment.UploadAsync(runId, 1, "agent.zip", ArtifactZip.Of(runId, at), Token);
        await deployment.SettleAsync(Token);
        var rows = await deployment.DumpAsync(day, day.AddDays(1), Token);
        return ChargeId().Replace(rows, "CHARGE")
            .Replace(runId.ToString(CultureInfo.InvariantCulture), "RUN", StringComparison.Ordinal)
            .Replace(day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), "DAY", StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex ChargeId();

    private static async Task<bool> IsAcceptedAsync(Deployment deployment, WorkflowRunDelivery delivery)
    {
        try
        {
            using var answer = await deployment.DeliverAsync(delivery, Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task BillAsync(Deployment deployment, DateOnly day)
    {
        await using var ledger = await AzureLedgerStorage.OpenAsync(deployment.Storage, TimeProvider.System, Token);
        var json = string.Create(CultureInfo.InvariantCulture, $$"""
            {"timePeriod":{"year":{{day.Year}},"month":{{day.Month}},"day":{{day.Day}}},"organization":"acme",
            "usageItems":[{"product":"Copilot","sku":"Copilot AI Credits","model":"Claude Sonnet 5",
            "unitType":"ai-credits","pricePerUnit":0.01,"grossQuantity":9,"grossAmount":0.09,"discountQuantity":9,
            "discountAmount":0.09,"netQuantity":0,"netAmount":0}]}
            """);
        var taken = await new TakeBill(ledger.Store, ledger.Archive, PriceBookReader.Shipped().Names).ExecuteAsync(
            "bill.json", Encoding.UTF8.GetBytes(json), new BillHints(), TimeProvider.System.GetUtcNow(), Token);
        Assert.Equal(1, taken.DaysStored);
    }
}
