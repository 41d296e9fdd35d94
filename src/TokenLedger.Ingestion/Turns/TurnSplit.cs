using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Sessions;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Turns;

/// <summary>Cuts a run's slices into turns so that the parts are the slices.</summary>
internal sealed class TurnSplit(TurnCells cells)
{
    private const int NoTurn = int.MaxValue;

    /// <summary>Requests of slices made of records that the cells do not agree with.</summary>
    public long Unread { get; private set; }

    public IEnumerable<TurnUsage> Of(LedgerRun run)
    {
        var parts = new Dictionary<(Phase Phase, int Turn), Part>();
        var turns = cells.Linker.Turns;
        for (var i = 0; i < turns.Count; i++)
        {
            if (turns[i].Attempt == run.Facts.Key.Attempt)
                parts.Add((turns[i].Phase, i), new Part());
        }

        foreach (var slice in run.Slices)
            Cut(slice, parts);
        return parts
            .OrderBy(pair => pair.Key.Phase)
            .ThenBy(pair => pair.Key.Turn)
            .Select(pair => new TurnUsage(
                run.Facts, pair.Key.Phase, pair.Key.Turn == NoTurn ? null : turns[pair.Key.Turn],
                pair.Key.Turn == NoTurn ? TurnLink.Unlinked : pair.Value.Link, pair.Value.Slices,
                pair.Value.SpreadTokens));
    }

    private void Cut(UsageSlice slice, Dictionary<(Phase Phase, int Turn), Part> parts)
    {
        var found = cells.Of(KeyOf(slice));
        // Rows that were made of other files than lie there now cannot be cut by these.
        if (found.Count == 0 || found.Values.Sum(cell => cell.Requests) != slice.Requests)
        {
            if (slice.Evidence is UsageEvidence.ProxyRecords or UsageEvidence.SessionRecords)
                Unread = checked(Unread + slice.Requests);
            Find(parts, slice.Phase, NoTurn).Slices.Add(slice);
            return;
        }

        List<TokenCounts> counted = [.. found.Values.Select(cell => cell.Tokens)];
        var difference = slice.Tokens - counted.Aggregate(default(TokenCounts), static (sum, one) => sum + one);
        var tokens = TokenSpread.Of(counted, difference);
        foreach (var (index, (turn, cell)) in found.Index())
        {
            var part = Find(parts, slice.Phase, turn);
            part.Link = part.Link > cell.Link ? part.Link : cell.Link;
            part.SpreadTokens += Added(tokens[index] - cell.Tokens);
            part.Slices.Add(slice with
            {
                Requests = cell.Requests,
                DurationMilliseconds = cell.DurationMilliseconds,
                Tokens = tokens[index],
                UnresolvedCacheTokens = 0,
            });
        }
    }

    private static Part Find(Dictionary<(Phase Phase, int Turn), Part> parts, Phase phase, int turn)
    {
        if (!parts.TryGetValue((phase, turn), out var part))
            parts.Add((phase, turn), part = new Part());
        return part;
    }

    // What is taken away as one kind is mostly what is added as another.
    private static long Added(TokenCounts tokens) =>
        TokenCounts.Kinds.Aggregate(0L, (sum, kind) => checked(sum + Math.Max(0, tokens[kind])));

    private static SliceKey KeyOf(UsageSlice slice) => new(
        slice.Run.Attempt, slice.Day, slice.Phase, slice.Purpose, slice.Channel, slice.Model, slice.IsAutoSelected,
        slice.ServiceTier, slice.PromptLengthThresholdTokens, slice.Evidence);

    private sealed class Part
    {
        public TurnLink? Link { get; set; }

        public List<UsageSlice> Slices { get; } = [];

        public long SpreadTokens { get; set; }
    }
}
