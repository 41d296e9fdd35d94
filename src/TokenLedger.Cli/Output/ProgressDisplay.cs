using Spectre.Console;
using TokenLedger.Application.Ingesting;

namespace TokenLedger.Cli.Output;

/// <summary>A progress bar on standard error, on a terminal only.</summary>
internal static class ProgressDisplay
{
    public static Task<T> RunAsync<T>(CommandContext context, Func<IProgress<IngestProgress>?, Task<T>> work)
    {
        var environment = context.Host.Environment;
        if (!environment.IsErrorTerminal || context.IsQuiet)
            return work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Host.Error),
            ColorSystem = environment.IsColorless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        return console
            .Progress()
            .AutoClear(enabled: true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn())
            .StartAsync(display => work(new BarProgress(display.AddTask("starting"))));
    }
}
