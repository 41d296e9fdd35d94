using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Health;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Diagnosis;

/// <summary>
/// Which of the last days' agent runs have telemetry and prices, and whether the webhook still speaks.
/// </summary>
public sealed class CoverageCheck(
    LedgerConfiguration configuration, ILedgerStorage? storage, PriceBook prices, TimeProvider time) : ICheck
{
    private const string NoRun = "TL1081";
    private const string NoTelemetry = "TL1082";
    private const string NoPrice = "TL1083";
    private const string WebhookSilent = "TL1084";

    private const int Days = 7;
    private const int ModelsMax = 5;

    // The webhook hears of every CI run, not of agents alone.
    private static readonly TimeSpan SilenceMax = TimeSpan.FromDays(2);

    /// <inheritdoc/>
    public string Name => "Coverage";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        if (storage is null)
            return [CheckResult.Skipped(Name, "runs", "There is no ledger to look into.")];
        var from = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
        var tally = new CoverageTally();
        await foreach (var run in storage.Store.ReadRunsAsync(from, null, cancellation))
        {
            if (run.IsIn(from, null) && AgentRuns.Includes(run, configuration.WorkflowsInclude))
                tally.Add(run, SlicePricing.Price(run, prices));
        }

        var results = new List<CheckResult> { OfRuns(tally) };
        if (tally.UnpricedModels.Count > 0)
        {
            var models = tally.UnpricedModels.Order(StringComparer.Ordinal).Take(ModelsMax);
            results.Add(CheckResult.Warning(
                Name, "prices", NoPrice,
                $"Without a price: {string.Join(", ", models)}.",
                "Name a newer price file with --prices, or upgrade: prices ship with the program."));
        }

        if (configuration.GitHub.WebhookSecrets.Count > 0)
            results.Add(await OfWebhookAsync(storage.Checkpoints, cancellation));
        return results;
    }

    private CheckResult OfRuns(CoverageTally tally)
    {
        if (tally.Runs == 0)
        {
            return CheckResult.Warning(
                Name, "runs", NoRun, string.Create(
                    CultureInfo.InvariantCulture, $"No agent run of the last {Days} days is known."),
                "If there were some: see the webhook and the App above, or 'tokenledger ingest' their logs. Workflows "
                + "other than .lock.yml are named in TokenLedger:Workflows:Include.");
        }

        var known = string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.WithTelemetry} of {tally.Runs} agent runs of the last {Days} days have telemetry");
        return tally.WithTelemetry == tally.Runs
            ? CheckResult.Ok(Name, "runs", known + ".")
            : CheckResult.Warning(Name, "runs", NoTelemetry, $"{known}; {Breakdown(tally)}.", FixOf(tally));
    }

    private static string Breakdown(CoverageTally tally) => string.Join(", ", tally.Missing
        .OrderByDescending(pair => pair.Value)
        .Select(pair => string.Create(
            CultureInfo.InvariantCulture, $"{pair.Value} {CoverageTally.TextOf(pair.Key)}")));

    // The most frequent cause is mended first.
    private string FixOf(CoverageTally tally) => tally.Missing.MaxBy(pair => pair.Value).Key switch
    {
        CollectionState.Refused => "Mend what is said of the App above, then collect again.",
        CollectionState.NoTelemetry =>
            "Let the workflow upload its firewall logs as an artifact (gh-aw does), or 'tokenledger ingest' them.",
        CollectionState.TelemetryExpired =>
            "Keep artifacts for longer (retention-days), or see that the service runs when runs end.",
        _ => configuration.GitHub.AppId is null && configuration.GitHub.Token is null
            ? "Let the service collect artifacts: 'tokenledger app create'; or 'tokenledger ingest' them."
            : "Collect them: they were seen before an App or token was configured, or the queue has not come to them.",
    };

    private async Task<CheckResult> OfWebhookAsync(ICheckpoints checkpoints, CancellationToken cancellation)
    {
        const string fix = "See Recent deliveries at GitHub: the address, the secret, and that Workflow runs are sent.";
        var mark = await checkpoints.FindAsync(ServiceHealth.MarkOf(ServiceHealth.Webhook), cancellation);
        if (mark is null)
        {
            return CheckResult.Warning(
                Name, "webhook", WebhookSilent, "A secret is configured, and no delivery was ever taken here.", fix);
        }

        var seen = string.Create(
            CultureInfo.InvariantCulture, $"The last delivery was taken at {mark.At:yyyy-MM-dd HH:mm} UTC.");
        return time.GetUtcNow() - mark.At > SilenceMax
            ? CheckResult.Warning(Name, "webhook", WebhookSilent, seen, fix)
            : CheckResult.Ok(Name, "webhook", seen);
    }
}
