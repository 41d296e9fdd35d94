using System.Text.Json;

namespace TokenLedger.Cli.Demo;

/// <summary>What the demo does with its samples.</summary>
/// <param name="Organization">The organisation of the samples.</param>
/// <param name="From">The first UTC day, inclusive.</param>
/// <param name="To">The last UTC day, exclusive.</param>
/// <param name="Now">The time the demo pretends.</param>
/// <param name="Config">The configuration file; null for none.</param>
/// <param name="Evidence">Folders with the runs' files.</param>
/// <param name="Imports">The bills, in the order in which they were read.</param>
internal sealed record DemoManifest(
    string Organization,
    DateOnly From,
    DateOnly To,
    DateTimeOffset Now,
    string? Config,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<DemoImport> Imports)
{
    public static DemoManifest Read(string path)
    {
        if (!File.Exists(path))
            throw new CommandFailedException(
                ExitCode.Failed, $"{path} is missing: install tokenledger again, or build it with its samples.");
        return JsonSerializer.Deserialize(File.ReadAllBytes(path), DemoJson.Default.DemoManifest)
            ?? throw new CommandFailedException(ExitCode.Failed, $"{path} is empty: install tokenledger again.");
    }
}
