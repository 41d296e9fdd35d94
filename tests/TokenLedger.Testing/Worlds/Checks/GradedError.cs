using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>How far what a run was given for a model on a day is from the truth.</summary>
/// <param name="Seed">The world.</param>
/// <param name="Grade">The lowest grade of its shares.</param>
/// <param name="Run">The run.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Model">The model.</param>
/// <param name="GivenNanoCredits">What the ledger gives it.</param>
/// <param name="TrueNanoCredits">What it truly cost.</param>
/// <param name="Views">The views of the shares, and their methods and reasons.</param>
public sealed record GradedError(
    ulong Seed, Confidence Grade, RunKey Run, DateOnly Day, string Model, long GivenNanoCredits, long TrueNanoCredits,
    string Views)
{
    /// <summary>The difference as a fraction of the truth.</summary>
    public double Fraction => Math.Abs(GivenNanoCredits - TrueNanoCredits) / (double)Math.Max(1, TrueNanoCredits);
}
