using System.Globalization;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ingesting;

namespace TokenLedger.Cli.Output;

/// <summary>Shows collecting on the bar: repository by repository, and what is waited for.</summary>
internal sealed class CollectBar(IProgress<IngestProgress> bar) : IProgress<CollectProgress>
{
    public void Report(CollectProgress value) => bar.Report(new IngestProgress(
        StepOf(value), value.Done, value.Found > 0 ? value.Found : null));

    // Numbers and words of ours alone: names come from outside.
    private static string StepOf(CollectProgress value)
    {
        if (value.WaitsUntil is { } until)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"waiting for GitHub until {until.UtcDateTime:HH:mm:ss} UTC, runs");
        }

        return value.Repositories > 1
            ? string.Create(
                CultureInfo.InvariantCulture, $"repository {value.Repository} of {value.Repositories}, runs")
            : "runs";
    }
}
