using System.Diagnostics;
using System.Globalization;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Benchmarks.Reconciling;

/// <summary>
/// <c>tokenledger reconcile</c> as published, of a ledger with a month of runs and its bill: time and peak of memory.
/// </summary>
internal static class MonthBenchmark
{
    public const string Usage = "month TOKENLEDGER [RUNS...]";

    // An estimate of about four credits a run, of which the bill explains most.
    private const long CreditsPerModelAndRun = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static int Run(string[] args)
    {
        int[] sizes = args.Length > 1
            ? [.. args[1..].Select(size => int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture))]
            : [10_000, 100_000];
        foreach (var size in sizes)
        {
            var folder = Directory.CreateTempSubdirectory("tokenledger-benchmarks-");
            try
            {
                var ledger = Path.Combine(folder.FullName, "ledger.db");
                FillAsync(ledger, size).GetAwaiter().GetResult();
                foreach (var format in (string[])["table", "json"])
                    Print(size, format, Reconcile(args[0], ledger, format));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        Console.WriteLine("wanted: 100000 runs within 10 s and 500 MB, and the same µs a run at every size");
        return 0;
    }

    private static async Task FillAsync(string ledger, int size)
    {
        await using var store = new SqliteLedgerStore(ledger);
        foreach (var run in SyntheticMonth.Runs(size))
        {
            var key = run.Facts.Key;
            await store.StoreRunAsync(
                new FoldedRun(key.Host, key.RunId, "benchmark", [run], new LineCounts(3, 0, 0, 0), []),
                CancellationToken.None);
        }

        var creditsPerModel = Math.Max(1, CreditsPerModelAndRun * size / SyntheticMonth.Days);
        for (var day = 0; day < SyntheticMonth.Days; day++)
        {
            await store.StoreObservationAsync(
                SyntheticMonth.Bill(SyntheticMonth.Day(day), creditsPerModel), CancellationToken.None);
        }
    }

    private static (double Seconds, double Megabytes) Reconcile(string program, string ledger, string format)
    {
        var start = new ProcessStartInfo(program)
        {
            ArgumentList =
            {
                "reconcile", "--ledger", ledger, "--org", SyntheticMonth.Account.Name, "--from", "2026-10-01",
                "--to", "2026-11-01", "--format", format, "--quiet",
            },
            RedirectStandardOutput = true,
        };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var peak = 0.0;
        var read = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakMegabytes(process.Id));
            Task.Delay(Pause).GetAwaiter().GetResult();
        }

        read.GetAwaiter().GetResult();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"The program ended with {process.ExitCode}: the timing is void."));
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, peak);
    }

    // Linux's own high-water mark: nothing between two looks is missed.
    private static double PeakMegabytes(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : double.Parse(
                    line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    * 1024 / 1e6;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void Print(int size, string format, (double Seconds, double Megabytes) figures) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{size,9} runs × 3 models, 31 days × 12 models, {format,5}: {figures.Seconds,6:F2} s, {figures.Seconds / size * 1e6:F0} µs a run, peak {figures.Megabytes:F0} MB"));
}
