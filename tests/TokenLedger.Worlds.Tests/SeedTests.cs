using System.Globalization;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Worlds.Tests;

/// <summary>Many worlds, each lived through to the end of its bills.</summary>
public sealed class SeedTests(SeedRun run, ITestOutputHelper output) : IClassFixture<SeedRun>
{
    // Without each of these the other tests say less than they seem to.
    private static readonly string[] Features =
    [
        "a day that is never readable", "auto selection", "billed CloudAgent", "billed CodeReview",
        "billed OtherAutomation", "billed Person", "billed Run", "correction", "cost centres", "day that was empty at first",
        "enterprise", "fault BadAmount", "fault CutOff", "fault Failed", "fault Forbidden", "fault NotFound",
        "fault Page", "fault RateLimited", "fault RateLimitedUnsaid", "fault Unauthorized", "given up: Unreachable",
        "imported AiReport", "imported Detailed", "imported Summary", "imported Usage", "included credits",
        "inner bill stood in for the outer one", "known price change", "late row after month end", "long context",
        "look that changed a day", "month boundary", "nested scopes", "nobody but runs", "organisation alone",
        "payer Key", "payer Organization", "payer Unknown", "payer User", "pool ran empty", "price other than listed",
        "reallocation",
        "refund", "refund of a day alone", "revision", "run over midnight", "several organisations", "telemetry Late",
        "telemetry None", "telemetry Whole", "telemetry WithoutCacheWrites", "telemetry WithoutDetection",
        "threat detection", "unpriced model", "withdrawn row",
    ];

    [Fact]
    public void Every_world_obeys_every_check()
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Range.Count} worlds from seed {run.Range.First} in {run.Took.TotalSeconds:0.0} s"));
        Assert.True(
            run.Faults.Count == 0,
            string.Join('\n', run.Faults.OrderBy(fault => fault.Key).Select(fault => fault.Value).Take(10))
            + $"\nSeeds that failed: {string.Join(' ', run.Faults.Keys.Order())}");
    }

    [Fact]
    public void Shares_are_as_near_to_the_truth_as_their_grades_say()
    {
        output.WriteLine(run.Grades.ToString());
        foreach (var grade in new[] { Confidence.Exact, Confidence.High })
        {
            foreach (var error in run.Grades.Worst(grade))
                output.WriteLine(error.ToString());
        }

        // A product that no longer calls anything sure would pass the rest.
        Assert.True(!run.Range.IsBroad || run.Grades.Count(Confidence.Exact) > 500, run.Grades.ToString());
        Assert.True(!run.Range.IsBroad || run.Grades.Count(Confidence.High) > 500, run.Grades.ToString());
        Assert.True(run.Grades.Percentile(Confidence.Exact, 95) <= 0.001, run.Grades.ToString());
        Assert.True(run.Grades.Percentile(Confidence.High, 95) <= 0.05, run.Grades.ToString());
    }

    [Fact]
    public void Everything_that_the_generator_can_do_has_happened()
    {
        foreach (var (what, count) in run.Coverage.OrderBy(feature => feature.Key, StringComparer.Ordinal))
            output.WriteLine($"{count,7} {what}");
        Assert.Empty(run.Range.IsBroad ? Features.Where(feature => !run.Coverage.ContainsKey(feature)) : []);
    }
}
