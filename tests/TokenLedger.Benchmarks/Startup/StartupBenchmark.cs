using System.Diagnostics;
using System.Globalization;

namespace TokenLedger.Benchmarks.Startup;

/// <summary>How long the published program takes to say what it can do.</summary>
internal static class StartupBenchmark
{
    private const int Rounds = 20;

    public static int Run(string[] args)
    {
        var seconds = Enumerable.Range(0, Rounds + 1).Select(_ => Help(args[0])).Skip(1).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"tokenledger --help: median {seconds[Rounds / 2] * 1000:F0} ms of {Rounds}, {seconds[0] * 1000:F0} to {seconds[^1] * 1000:F0}; wanted 150"));
        return 0;
    }

    private static double Help(string binary)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(binary, ["--help"]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException("The program failed: the timing is void.");
    }
}
