using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Turns;

/// <summary>Adds up the requests of a run by slice and turn, as the fold takes them.</summary>
internal sealed class TurnCells(TurnLinker linker) : IRequestObserver
{
    private readonly Dictionary<SliceKey, SortedDictionary<int, TurnCell>> cells = [];

    public TurnLinker Linker { get; } = linker;

    public void Take(in UsageLine line)
    {
        var turn = Linker.TurnOf(line, out var link);
        if (!cells.TryGetValue(line.Slot.Key, out var turns))
            cells.Add(line.Slot.Key, turns = []);
        // After every turn comes what belongs to none.
        var place = turn == TurnLinker.NoTurn ? int.MaxValue : turn;
        if (!turns.TryGetValue(place, out var cell))
            turns.Add(place, cell = new TurnCell());
        cell.Add(line, link);
    }

    /// <summary>The parts of a slice by the place of their turn, the part without turn last.</summary>
    public IReadOnlyDictionary<int, TurnCell> Of(SliceKey slice) =>
        cells.TryGetValue(slice, out var turns) ? turns : new SortedDictionary<int, TurnCell>();
}
