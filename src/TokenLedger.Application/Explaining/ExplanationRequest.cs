using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>What is to be explained, and of when.</summary>
/// <param name="Subject">What.</param>
/// <param name="From">The first UTC day, inclusive: of a repository, a workflow, or to look for a charge in.</param>
/// <param name="To">The last UTC day, exclusive.</param>
public sealed record ExplanationRequest(ExplanationSubject Subject, DateOnly From, DateOnly To)
{
    /// <summary>The GitHub host where the subject names none, in lower case.</summary>
    public string Host { get; init; } = RunKey.PublicHost;

    /// <summary>Of a day, only this organisation's or enterprise's account; null for every account.</summary>
    public ReconciliationScope? Account { get; init; }
}
