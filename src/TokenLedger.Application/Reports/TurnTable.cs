using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Turns;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>Usage by turn: one row a turn, and one a phase for what belongs to no turn.</summary>
public static class TurnTable
{
    /// <summary>The table.</summary>
    /// <param name="turns">The turns in their order.</param>
    public static Table Of(IReadOnlyList<PricedTurn> turns) => new(
        "Usage by turn (estimated AI credits at list price)",
        [
            new("run", "Run"), new("attempt", "Attempt", Priority: 6), new("phase", "Phase", Priority: 3),
            new("agent", "Agent"), new("turn", "Turn", ColumnKind.Count),
            new("startedAt", "Started", Priority: 4), new("requests", "Requests", ColumnKind.Count, 1),
            new("inputTokens", "Input", ColumnKind.Count, 2), new("outputTokens", "Output", ColumnKind.Count, 2),
            new("cacheReadTokens", "Cache read", ColumnKind.Count, 2),
            new("cacheWrite5mTokens", "Write 5m", ColumnKind.Count, 3),
            new("cacheWrite1hTokens", "Write 1h", ColumnKind.Count, 3),
            new("estimatedAiCredits", "Estimated", ColumnKind.FineAiCredits),
            new("unpriced", "Unpriced", Priority: 5) { OnlyWith = "unpriced" },
            new("link", "Link"), new("spreadTokens", "Spread", ColumnKind.Count, 5),
        ],
        [.. turns.Select(Row)],
        Totals(turns),
        Notes(turns));

    private static IReadOnlyList<Cell> Row(PricedTurn turn)
    {
        var (key, told) = (turn.Usage.Run.Key, turn.Usage.Turn);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{key.Host}/{key.RunId}"), (long?)key.Attempt,
            WireNames.Of(turn.Usage.Phase), told?.Agent, told is null ? Cell.Unknown : (long?)told.Number,
            told?.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            .. Figures(turn.Requests, turn.Tokens), turn.EstimatedAiCredits,
            turn.Unpriced is { } reason ? WireNames.Of(reason) : null,
            turn.Usage.Link is { } link ? WireNames.Of(link) : null, (long?)turn.Usage.SpreadTokens,
        ];
    }

    private static IReadOnlyList<Cell> Totals(IReadOnlyList<PricedTurn> turns)
    {
        var (requests, tokens, credits, spread) = (0L, default(TokenCounts), (decimal?)null, 0L);
        foreach (var turn in turns)
        {
            requests = checked(requests + turn.Requests);
            tokens += turn.Tokens;
            credits = turn.EstimatedAiCredits is { } known ? (credits ?? 0) + known : credits;
            spread = checked(spread + turn.Usage.SpreadTokens);
        }

        var isAtLeast = turns.Any(turn => turn.EstimatedAiCredits is null);
        return
        [
            "All", Cell.Unknown, Cell.Unknown, Cell.Unknown, Cell.Unknown, Cell.Unknown, .. Figures(requests, tokens),
            new Cell(null, credits, isAtLeast), Cell.Unknown, Cell.Unknown, (long?)spread,
        ];
    }

    private static IReadOnlyList<Cell> Figures(long requests, TokenCounts tokens) =>
    [
        (long?)requests, (long?)tokens.Input, (long?)tokens.Output, (long?)tokens.CacheRead,
        (long?)tokens.CacheWrite5m, (long?)tokens.CacheWrite1h,
    ];

    private static List<string> Notes(IReadOnlyList<PricedTurn> turns)
    {
        var notes = new List<string>();
        if (turns.Any(turn => turn.IsInferred))
            notes.Add("Link 'time' is inferred: only the time of a request tells its turn.");
        if (turns.Any(turn => turn.Usage.SpreadTokens > 0))
            notes.Add("Spread: tokens of a kind that only the session counted, split over requests by their input.");
        return notes;
    }
}
