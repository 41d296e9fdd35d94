using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>Every check of a world that has ended.</summary>
public static class WorldChecks
{
    private static readonly (string Name, Func<SimulationOutcome, IEnumerable<string>> FaultsOf)[] Checks =
    [
        ("on the way", outcome => outcome.FaultsOnTheWay),
        ("laws", LawChecks.FaultsOf),
        ("final bill", FinalBillChecks.FaultsOf),
        ("closed is final", FinalBillChecks.FaultsOfClosed),
        ("every day ends", EndChecks.FaultsOf),
        ("truth", TruthComparison.FaultsOf),
    ];

    /// <summary>The faults, each with the check that found it.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(SimulationOutcome outcome)
    {
        var faults = Checks
            .SelectMany(check => check.FaultsOf(outcome).Select(fault => $"{check.Name}: {fault}"))
            .ToList();
        faults.AddRange((await AsOfChecks.FaultsOfAsync(outcome)).Select(fault => $"as-of: {fault}"));
        faults.AddRange((await StoredChecks.FaultsOfAsync(outcome)).Select(fault => $"stored: {fault}"));
        return faults;
    }

    /// <summary>A message that names the seed and how to replay it.</summary>
    public static string Describe(ulong seed, IReadOnlyList<string> faults) =>
        $"Seed {seed} (replay: TOKENLEDGER_SEED={seed} TOKENLEDGER_SEEDS=1 "
        + "dotnet test tests/TokenLedger.Worlds.Tests): "
        + string.Join("\n  ", faults.Take(12));
}
