using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Ports;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Deliveries;

/// <summary>Deliveries that were dealt with, as rows of <c>deliveries</c> that are never changed.</summary>
public sealed class AzureDeliveryLog : IDeliveryLog
{
    // 256 partitions: webhooks of a busy organisation come in bursts.
    private const int PartitionCharacters = 2;

    private static readonly TableColumns NoColumns = [];

    private readonly TableClient table;

    internal AzureDeliveryLog(TableClient table) => this.table = table;

    /// <inheritdoc/>
    public async Task<bool> IsClaimedAsync(string deliveryId, CancellationToken cancellation) =>
        (await table.GetAsync(Partition(deliveryId), TableKey.Encode(deliveryId), NoColumns, cancellation)).IsDone;

    /// <inheritdoc/>
    public async Task ClaimAsync(string deliveryId, DateTimeOffset at, CancellationToken cancellation)
    {
        var row = new LedgerRow(Partition(deliveryId), TableKey.Encode(deliveryId))
            .AddLong("delivery", deliveryId)
            .Add("claimedat", at)
            .ToEntity();
        var claimed = await table.InsertAsync(row, cancellation);
        if (claimed.Outcome != StorageOutcome.AlreadyExists)
            new RowBatches(table).Demand(claimed.Outcome);
    }

    private static string Partition(string deliveryId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(deliveryId)))[..PartitionCharacters];
}
