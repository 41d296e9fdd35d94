using System.Text.Json;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Exporting;

/// <summary>Keeps how far the reports of enterprises are.</summary>
internal sealed class ExportBook(ICheckpoints checkpoints)
{
    private const string Prefix = "export/";

    /// <summary>How far an enterprise's reports are.</summary>
    public async Task<ExportMark> ReadAsync(BillingAccount account, CancellationToken cancellation)
    {
        var mark = await checkpoints.FindAsync(Prefix + account.Key, cancellation);
        try
        {
            return mark is null
                ? new ExportMark()
                : JsonSerializer.Deserialize(mark.Value, ExportingJson.Default.ExportMark) ?? new ExportMark();
        }
        catch (JsonException)
        {
            return new ExportMark();
        }
    }

    /// <summary>Notes how far they are.</summary>
    public Task StoreAsync(
        BillingAccount account, ExportMark mark, DateTimeOffset now, CancellationToken cancellation) =>
        checkpoints.SetAsync(
            new Checkpoint(
                Prefix + account.Key, now, JsonSerializer.Serialize(mark, ExportingJson.Default.ExportMark)),
            cancellation);
}
