using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.ActionsMinutes;

/// <summary>The part of a charge of Actions minutes that one run attempt answers for.</summary>
/// <param name="Charge">The charge.</param>
/// <param name="Run">The run attempt; null for what other jobs, or nobody known, have used.</param>
/// <param name="GrossNanoCredits">The gross part in nano-credits; has the charge's sign, or is 0.</param>
public sealed record MinutesShare(Charge Charge, RunFacts? Run, long GrossNanoCredits);
