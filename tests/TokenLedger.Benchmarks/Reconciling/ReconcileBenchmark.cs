using System.Diagnostics;
using System.Globalization;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Benchmarks.Reconciling;

/// <summary>Pricing and reconciling a month: 31 days × 12 billed models against runs of three models each.</summary>
internal static class ReconcileBenchmark
{
    private const int Rounds = 3;

    // Until the compiler has seen every loop often enough; else the smallest size is timed half compiled.
    private const int WarmUpRounds = 3;
    private const int WarmUpRuns = 20_000;

    public static int Run(string[] args)
    {
        int[] sizes = args.Length > 0
            ? [.. args.Select(size => int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture))]
            : [10_000, 100_000, 1_000_000];
        var warmUp = SyntheticMonth.Runs(WarmUpRuns);
        for (var round = 0; round < WarmUpRounds; round++)
            Month(warmUp);
        foreach (var size in sizes)
        {
            var runs = SyntheticMonth.Runs(size);
            var seconds = Enumerable.Range(0, Rounds).Select(_ => Month(runs)).Order().ElementAt(Rounds / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{size,9} runs × 3 models, 31 days × 12 models: {seconds * 1000,7:F0} ms, {seconds / size * 1e6:F2} µs a run"));
        }

        Console.WriteLine("wanted: 100000 runs within 2000 ms, and the same µs a run at every size");
        return 0;
    }

    private static double Month(List<LedgerRun> runs)
    {
        var start = Stopwatch.GetTimestamp();
        var days = runs
            .SelectMany(run => SlicePricing.Price(run, SyntheticMonth.Prices))
            .ToLookup(slice => slice.Day);
        foreach (var day in days)
        {
            var slices = day.ToList();
            var estimated = slices.Sum(slice => slice.EstimatedAiCredits!.Value.Total);
            var bill = SyntheticMonth.Bill(day.Key, (long)(estimated * 0.9m / 12));
            var result = DayReconciler.Reconcile(new AccountDay
            {
                Account = SyntheticMonth.Account,
                Day = day.Key,
                Observations = [bill],
                Slices = slices,
                RunsWithoutTelemetry = [],
                Prices = SyntheticMonth.Prices,
            });
            var split = result.Shares.Sum(share => share.GrossNanoCredits) + result.Unallocated.Sum(part => part.GrossNanoCredits);
            if (split != bill.Charges.Sum(charge => charge.GrossNanoCredits))
                throw new InvalidOperationException($"{AiCredits.FromNanoCredits(split)} is not the bill: the timing is void.");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
