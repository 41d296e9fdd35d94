using System.Text.Json.Serialization;

namespace TokenLedger.Application.Messages;

/// <summary>
/// The wire form: one property names type and version, so that a reader never guesses, and so that the Functions host,
/// which copies a message's top-level properties into its metadata, finds nothing there to mistake.
/// </summary>
internal sealed record MessageWire
{
    [JsonPropertyName("collectRun1")]
    public CollectRunWire? CollectRun { get; init; }

    [JsonPropertyName("evaluateBudgets1")]
    public EvaluateBudgetsWire? EvaluateBudgets { get; init; }

    [JsonPropertyName("exportReport1")]
    public ExportReportWire? ExportReport { get; init; }

    [JsonPropertyName("reconcileDay1")]
    public ReconcileDayWire? ReconcileDay { get; init; }
}
