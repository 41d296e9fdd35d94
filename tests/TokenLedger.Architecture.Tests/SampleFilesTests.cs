using TokenLedger.Ingestion.Prices;
using TokenLedger.Testing.Samples;

namespace TokenLedger.Architecture.Tests;

public sealed class SampleFilesTests
{
    /// <summary>Set TOKENLEDGER_REFRESH=1 to write the files instead of comparing them.</summary>
    [Fact]
    public void The_bundled_samples_are_what_the_sample_world_writes()
    {
        var samples = Path.Combine(Repository.Root, "samples");
        var expected = SampleFiles.All(PriceBookReader.Shipped());
        if (Environment.GetEnvironmentVariable("TOKENLEDGER_REFRESH") == "1")
            Write(samples, expected);

        var there = Repository.Files
            .Where(file => file.StartsWith("samples/", StringComparison.Ordinal) && !file.StartsWith("samples/workflows/", StringComparison.Ordinal))
            .Select(file => file["samples/".Length..])
            .Where(file => file != "README.md");
        Assert.Equal(expected.Keys, there);
        Assert.All(expected, file => Assert.Equal(file.Value, File.ReadAllBytes(Path.Combine(samples, file.Key))));
    }

    [Fact]
    public void The_samples_hold_what_the_demonstration_promises()
    {
        var world = new SampleWorld(PriceBookReader.Shipped());
        Assert.True(world.Runs.Count >= 40);
        Assert.Equal(4, world.Runs.Select(run => run.Workflow.Name).Distinct().Count());
        Assert.Equal(3, world.Runs.Select(run => run.Workflow.Repository).Distinct().Count());
        Assert.Equal(10, world.Runs.Select(run => DateOnly.FromDateTime(run.StartedAt.UtcDateTime)).Distinct().Count());
    }

    private static void Write(string folder, SortedDictionary<string, byte[]> files)
    {
        foreach (var (path, content) in files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, content);
        }
    }
}
