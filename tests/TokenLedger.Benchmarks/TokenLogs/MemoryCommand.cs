using System.Diagnostics;
using System.Globalization;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>One whole job in a process of its own, for the peak of its memory.</summary>
internal static class MemoryCommand
{
    public static int Run(string[] args)
    {
        var result = WholeJob.Run(args[0], Options.Number(args, "--workers", 0));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{new FileInfo(args[0]).Length / 1e6:F1} MB, {result.Counts.Accepted} records: peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
        return 0;
    }
}
