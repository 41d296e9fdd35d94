using Spectre.Console;
using TokenLedger.Application.Ingesting;

namespace TokenLedger.Cli.Output;

/// <summary>Shows progress reports on one bar, in the order in which they come.</summary>
internal sealed class BarProgress(ProgressTask bar) : IProgress<IngestProgress>
{
    public void Report(IngestProgress value)
    {
        // The step's name is a constant of ours: no outside text reaches the markup.
        bar.Description = value.Total is { } total
            ? FormattableString.Invariant($"{value.Step} {value.Done}/{total}")
            : FormattableString.Invariant($"{value.Step} {value.Done}");
        bar.IsIndeterminate = value.Total is null;
        bar.MaxValue = value.Total ?? 1;
        bar.Value = value.Total is null ? 0 : value.Done;
    }
}
