using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Features;

/// <summary>Keeps the requests of a run, as the fold takes them, for looking at them in the order of time.</summary>
internal sealed class FeatureRequests(AttemptWindows windows) : IRequestObserver
{
    // Far above any run, and 30 MB; beyond it what requests tell is unknown.
    private const int RequestsMax = 300_000;

    private readonly List<FeatureRequest> requests = [];

    /// <summary>When attempts started.</summary>
    public AttemptWindows Windows { get; } = windows;

    /// <summary>Whether there were too many.</summary>
    public bool IsOverfull { get; private set; }

    public void Take(in UsageLine line)
    {
        IsOverfull |= requests.Count >= RequestsMax;
        if (!IsOverfull)
            requests.Add(new FeatureRequest(
                line.Slot.Key, line.Tokens, line.TimestampTicks, line.DurationMilliseconds));
    }

    /// <summary>
    /// The requests of an attempt that its rows were made of, by their ends: of a phase one road alone counts.
    /// </summary>
    public IReadOnlyList<FeatureRequest> Of(LedgerRun run)
    {
        var roads = run.Slices
            .GroupBy(slice => slice.Phase)
            .ToDictionary(group => group.Key, group => group.Min(slice => slice.Evidence));
        return
        [
            .. requests
                .Where(request => request.Slice.Attempt == run.Facts.Key.Attempt
                    && roads.TryGetValue(request.Slice.Phase, out var road) && road == request.Slice.Evidence)
                .OrderBy(request => request.EndedTicks)
                .ThenBy(request => request.StartedTicks)
                .ThenBy(request => request.Slice),
        ];
    }
}
