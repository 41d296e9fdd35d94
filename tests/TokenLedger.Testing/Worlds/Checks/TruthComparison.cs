using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>Compares what runs are given with what they truly cost.</summary>
public static class TruthComparison
{
    /// <summary>The differences, one for each run, day and model that is given anything.</summary>
    public static IEnumerable<GradedError> ErrorsOf(SimulationOutcome outcome) => outcome.Period.Days
        .SelectMany(day => day.Shares)
        .GroupBy(share => (Run: share.Slice.Run.Key, share.Slice.Day, share.Slice.Model))
        .Select(shares => new GradedError(
            outcome.World.Plan.Seed,
            shares.Min(share => share.Confidence),
            shares.Key.Run,
            shares.Key.Day,
            shares.Key.Model,
            shares.Sum(share => share.GrossNanoCredits),
            outcome.World.Bill.Truth.GetValueOrDefault((shares.Key.Run, shares.Key.Day, shares.Key.Model)),
            string.Join("; ", shares.Select(share =>
                $"{share.Charge.View} {share.Method} {string.Join(',', share.Reasons)}").Distinct())));

    /// <summary>What a run that used nothing is given.</summary>
    internal static IEnumerable<string> FaultsOf(SimulationOutcome outcome) => ErrorsOf(outcome)
        .Where(error => error.TrueNanoCredits == 0)
        .Select(error => $"{error.Run} used no {error.Model} on {error.Day:yyyy-MM-dd} and is given "
            + $"{error.GivenNanoCredits}");
}
