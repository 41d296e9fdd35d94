namespace TokenLedger.Application.Messages;

/// <summary>Go on with the reports of an enterprise; how far they are stands in a checkpoint.</summary>
/// <param name="Enterprise">The enterprise's slug.</param>
public sealed record ExportReportMessage(string Enterprise) : LedgerMessage
{
    /// <inheritdoc/>
    public override string QueueName => QueueNames.ExportReport;
}
