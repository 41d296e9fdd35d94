using Azure;
using TokenLedger.Application.Days;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>A day's head with what only the storage needs to know.</summary>
/// <param name="Head">The head as the port tells it.</param>
/// <param name="Generation">The generation of the shares and unallocated parts that count.</param>
/// <param name="DailyCosts">How many daily costs the revision has.</param>
/// <param name="CostsRevision">The revision whose daily costs are complete; 0 while none are.</param>
/// <param name="Writer">Which call wrote the head.</param>
/// <param name="Completer">Which call noted that the daily costs are complete; empty while none has.</param>
/// <param name="ETag">The version that was read.</param>
internal sealed record StoredDay(
    DayHead Head, string Generation, int DailyCosts, long CostsRevision, Guid Writer, Guid Completer,
    ETag ETag)
{
    /// <summary>
    /// Whether a head was ever replaced before its daily costs were complete: its writer may come late and be killed,
    /// and leave rows that only a look at the table finds.
    /// </summary>
    public bool HasOvertaken { get; init; }

    public bool IsComplete => CostsRevision == Head.Revision;
}
