using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Worlds.Tests;

/// <summary>Many worlds, each lived through to the end of its bills, and every check of each.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private static readonly ulong FirstSeed = Number("TOKENLEDGER_SEED", 1);
    private static readonly ulong Seeds = Number("TOKENLEDGER_SEEDS", 300);

    [Fact]
    public async Task Every_world_obeys_every_check()
    {
        var faults = new ConcurrentDictionary<ulong, string>();
        var errors = new ConcurrentBag<GradedError>();
        var coverage = new ConcurrentDictionary<string, int>();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (int)Seeds).Select(i => FirstSeed + (ulong)i), TestContext.Current.CancellationToken,
            async (seed, _) =>
            {
                var outcome = await WorldSimulation.RunAsync(World.Of(seed));
                if (await WorldChecks.FaultsOfAsync(outcome) is { Count: > 0 } found)
                    faults[seed] = WorldChecks.Describe(seed, found);
                foreach (var error in TruthComparison.ErrorsOf(outcome))
                    errors.Add(error);
                foreach (var (what, count) in outcome.World.Coverage.Counts)
                    coverage.AddOrUpdate(what, count, (_, before) => before + count);
            });
        output.WriteLine($"{Seeds} worlds from {FirstSeed} in {watch.Elapsed.TotalSeconds:0.0} s");
        foreach (var (what, count) in coverage.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"  {count,7} {what}");
        foreach (var grade in errors.GroupBy(error => error.Grade).OrderByDescending(grade => grade.Key))
        {
            var sorted = grade.OrderBy(error => error.Fraction).ToList();
            output.WriteLine($"{grade.Key}: {sorted.Count} median {sorted[sorted.Count / 2].Fraction:P3} "
                + $"p95 {sorted[(int)(sorted.Count * 0.95)].Fraction:P3} max {sorted[^1].Fraction:P3}");
            if (grade.Key >= Confidence.High)
            {
                foreach (var worst in sorted.AsEnumerable().Reverse().Take(12))
                    output.WriteLine($"    {worst.Fraction:P2} {worst}");
            }
        }

        Assert.True(faults.IsEmpty, string.Join('\n', faults.OrderBy(pair => pair.Key).Select(pair => pair.Value).Take(10))
            + $"\n{faults.Count} seeds failed: {string.Join(' ', faults.Keys.Order())}");
    }

    private static ulong Number(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
