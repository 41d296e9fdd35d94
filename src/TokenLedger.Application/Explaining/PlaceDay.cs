using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>A UTC day of a repository or workflow.</summary>
/// <param name="Day">The day.</param>
/// <param name="Slices">What its runs used.</param>
/// <param name="Shares">What its runs answer for, as recorded.</param>
/// <param name="Heads">The heads of the accounts that pay for its runs.</param>
/// <param name="IsRecorded">Whether any account's day is recorded.</param>
internal sealed record PlaceDay(
    DateOnly Day,
    IReadOnlyList<PricedSlice> Slices,
    IReadOnlyList<ShareRow> Shares,
    IReadOnlyList<DayHead> Heads,
    bool IsRecorded)
{
    /// <summary>The runs without telemetry that started on it.</summary>
    public IReadOnlyList<RunFacts> WithoutTelemetry { get; init; } = [];
}
