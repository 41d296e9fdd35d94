using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;

namespace TokenLedger.Application.Rebuilding;

/// <summary>Takes the rows of authored record tables over from another ledger.</summary>
/// <remarks>
/// No raw file tells them. A row that is there already is left as it is, so it may be ended at any instruction and run
/// again, and what was decided since stays.
/// </remarks>
/// <param name="tables">The record tables; only authored ones are taken over.</param>
public sealed class CarryDecisions(IReadOnlyList<RecordTable> tables)
{
    /// <summary>Takes them over.</summary>
    /// <param name="from">The ledger that holds them.</param>
    /// <param name="to">The ledger that gets them.</param>
    /// <param name="cancellation">Ends between rows.</param>
    public async Task<CarriedDecisions> ExecuteAsync(IRecords from, IRecords to, CancellationToken cancellation)
    {
        var (found, taken) = (0, 0);
        foreach (var table in tables.Where(table => table.IsAuthored))
        {
            await foreach (var stored in from.ReadAsync(table, null, null, cancellation))
            {
                found++;
                if (await to.ReplaceAsync(stored.Row, version: null, cancellation) is not null)
                    taken++;
            }
        }

        return new CarriedDecisions(found, taken);
    }
}
