using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Bills;

/// <summary>Adds looks at bills: the charges first, which nobody sees without the look that is written last.</summary>
/// <remarks>
/// Two processes that take one raw file at the same moment may keep two looks some seconds apart: they show the same
/// bill, and no day settles by looks so near each other.
/// </remarks>
internal sealed class ObservationWriter(TableClient observations, TableClient charges)
{
    public async Task<bool> StoreAsync(Observation look, CancellationToken cancellation)
    {
        if (await IsKnownAsync(look, cancellation))
            return false;
        await new RowBatches(charges).UpsertAsync(ChargeRows.ToRows(look), cancellation);
        var writer = Guid.NewGuid();
        var row = ObservationRows.ToRow(look, writer);
        var stored = await observations.InsertAsync(row, cancellation);
        if (stored.Outcome != StorageOutcome.AlreadyExists)
        {
            new RowBatches(observations).Demand(stored.Outcome);
            return true;
        }

        // Another process was quicker, unless the answer to our own first attempt was lost.
        var held = await observations.GetAsync(row.PartitionKey, row.RowKey, ObservationRows.Columns, cancellation);
        return held.IsDone
            && string.Equals(held.Value.KnownText("writer"), writer.ToString("N"), StringComparison.Ordinal);
    }

    // The same raw file tells nothing new, however often a folder of bills is imported and whatever lies beside it;
    // equal content from another raw file is another look, and two of them apart in time settle a day.
    private async Task<bool> IsKnownAsync(Observation look, CancellationToken cancellation)
    {
        var filter = TableFilter.Partition(ObservationRows.Partition(look.Day, look.Account))
            .And(TableFilter.Prefix("RowKey", ObservationRows.ViewPrefix(look)));
        var query = new TableQuery { Filter = filter, Select = ["observedat", "contenthash", "rawfile"] };
        string? newestFile = null;
        await foreach (var row in observations.QueryAsync(query, ObservationRows.Columns, cancellation))
        {
            if (!string.Equals(row.KnownText("contenthash"), look.ContentHash, StringComparison.Ordinal))
                continue;
            if (row.KnownTime("observedat") == look.ObservedAt)
                return true;
            newestFile = row.KnownText("rawfile");
        }

        return string.Equals(newestFile, look.RawFile, StringComparison.Ordinal);
    }
}
