namespace TokenLedger.Application.Messages;

/// <summary><c>exportReport1</c>.</summary>
internal sealed record ExportReportWire
{
    public required string Enterprise { get; init; }

    public string? TraceParent { get; init; }
}
