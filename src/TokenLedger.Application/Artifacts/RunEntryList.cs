using System.Collections;
using TokenLedger.Application.Reconciling;

namespace TokenLedger.Application.Artifacts;

/// <summary>
/// The entries of runs, each made when it is read and forgotten after it: those of a month of 100,000 runs would take
/// more room than all that they are made of.
/// </summary>
internal sealed class RunEntryList(IReadOnlyList<PeriodRun> runs, RunEntries entries) : IReadOnlyList<RunEntry>
{
    public int Count => runs.Count;

    public RunEntry this[int index] => entries.Create(runs[index]);

    public IEnumerator<RunEntry> GetEnumerator() => runs.Select(entries.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
