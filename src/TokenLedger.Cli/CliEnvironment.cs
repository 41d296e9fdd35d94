using System.ComponentModel;
using System.Diagnostics;

namespace TokenLedger.Cli;

/// <summary>What the program knows of its surroundings, as an argument so that tests can say it.</summary>
public sealed record CliEnvironment
{
    // Wide enough for every column of our tables: whoever reads a pipe can scroll.
    private const int PipeColumns = 160;

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The width of the terminal on standard output; null for a pipe or file.</summary>
    public int? TerminalColumns { get; init; }

    /// <summary>Whether standard error is a terminal that can show progress.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>The folder with the demo's samples.</summary>
    public required string SamplesFolder { get; init; }

    /// <summary>Shows a page to whoever sits here; null where nobody does.</summary>
    public Action<Uri>? OpenBrowser { get; init; }

    /// <summary>How many columns a table may have.</summary>
    public int Columns =>
        Variables.TryGetValue("COLUMNS", out var text)
            && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var columns)
            && columns is >= 20 and <= 1000
            ? columns
            : TerminalColumns ?? PipeColumns;

    /// <summary>Whether colours are unwanted: https://no-color.org says any value but an empty one.</summary>
    public bool IsColorless => Variables.TryGetValue("NO_COLOR", out var text) && text.Length > 0;

    /// <summary>The process's own surroundings.</summary>
    public static CliEnvironment OfProcess() => new()
    {
        Variables = Environment.GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
        TerminalColumns = Console.IsOutputRedirected ? null : WindowWidth(),
        IsErrorTerminal = !Console.IsErrorRedirected,
        SamplesFolder = Path.Combine(AppContext.BaseDirectory, "samples"),
        OpenBrowser = ShowPage,
    };

    // Without a desktop there is nothing to open it with: the address is told anyway.
    private static void ShowPage(Uri page)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException or IOException)
        {
            return;
        }
    }

    // Some terminals tell no width, or 0.
    private static int? WindowWidth()
    {
        try
        {
            return Console.WindowWidth is var width and > 0 ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
