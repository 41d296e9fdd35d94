using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>Keeps what somebody decided about a finding. The last decision counts.</summary>
public sealed class DecideFinding(IRecords records, TimeProvider time)
{
    // Two people at once: one reads what the other wrote and decides after it.
    private const int TriesMax = 5;

    /// <summary>Decides; the same decision by the same person for the same reason writes nothing.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="status"><see cref="FindingStatus.Acknowledged"/> or <see cref="FindingStatus.Dismissed"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends the call; the decision may then be kept or not.</param>
    /// <returns>False when others decided again and again meanwhile.</returns>
    public async Task<bool> ExecuteAsync(
        StoredFinding finding, FindingStatus status, string by, string reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var decision = new FindingDecision(status, by, time.GetUtcNow(), reason);
        var row = FindingRow.Of(finding, decision);
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var known = await records.FindAsync(row.Table, row.PartitionKey, row.RowKey, cancellation);
            if (known is not null
                && FindingRow.ReadDecision(known.Row) with { At = decision.At } == decision)
                return true;
            if (await records.ReplaceAsync(row, known?.Version, cancellation) is not null)
                return true;
        }

        return false;
    }
}
