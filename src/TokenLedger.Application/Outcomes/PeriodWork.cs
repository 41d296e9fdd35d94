using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Outcomes;

/// <summary>What the runs of a period created or worked on, and what has become of that.</summary>
/// <param name="Work">By run attempt.</param>
/// <param name="Outcomes">By pull request or issue; one that nobody told of is missing.</param>
public sealed record PeriodWork(
    IReadOnlyDictionary<RunKey, RunWork> Work, IReadOnlyDictionary<WorkSubject, Outcome> Outcomes);
