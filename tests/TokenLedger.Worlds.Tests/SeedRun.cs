using System.Collections.Concurrent;
using System.Diagnostics;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Worlds.Tests;

/// <summary>The worlds of this test run, lived through once for all tests that ask about them.</summary>
public sealed class SeedRun : IAsyncLifetime
{
    private readonly ConcurrentDictionary<ulong, string> faults = [];
    private readonly ConcurrentBag<GradedError> errors = [];
    private readonly ConcurrentDictionary<string, int> coverage = [];

    public SeedRange Range { get; } = SeedRange.OfEnvironment();

    public TimeSpan Took { get; private set; }

    /// <summary>What is wrong in which world.</summary>
    public IReadOnlyDictionary<ulong, string> Faults => faults;

    public GradeTable Grades { get; private set; } = new([]);

    /// <summary>How often each thing happened.</summary>
    public IReadOnlyDictionary<string, int> Coverage => coverage;

    public async ValueTask InitializeAsync()
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Range.Seeds, TestContext.Current.CancellationToken, async (seed, _) => await LiveAsync(seed));
        Took = watch.Elapsed;
        Grades = new GradeTable(errors);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task LiveAsync(ulong seed)
    {
        try
        {
            var outcome = await WorldSimulation.RunAsync(World.Of(seed));
            if (await WorldChecks.FaultsOfAsync(outcome) is { Count: > 0 } found)
                faults[seed] = WorldChecks.Describe(seed, found);
            foreach (var error in TruthComparison.ErrorsOf(outcome))
                errors.Add(error);
            foreach (var (what, count) in outcome.World.Coverage.Counts)
                coverage.AddOrUpdate(what, count, (_, before) => before + count);
        }
        catch (Exception failure)
        {
            faults[seed] = WorldChecks.Describe(seed, [failure.ToString()]);
        }
    }
}
