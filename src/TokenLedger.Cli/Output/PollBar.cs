using System.Globalization;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Polling;

namespace TokenLedger.Cli.Output;

/// <summary>Shows polling on the bar: days asked for, and what is waited for.</summary>
internal sealed class PollBar(IProgress<IngestProgress> bar) : IProgress<PollProgress>
{
    public void Report(PollProgress value) => bar.Report(new IngestProgress(
        value.WaitsUntil is { } until
            ? string.Create(
                CultureInfo.InvariantCulture, $"waiting for the provider until {until.UtcDateTime:HH:mm:ss} UTC, bills")
            : "asking for bills",
        value.Done, value.Total));
}
