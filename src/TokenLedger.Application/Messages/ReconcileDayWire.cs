namespace TokenLedger.Application.Messages;

/// <summary><c>reconcileDay1</c>.</summary>
internal sealed record ReconcileDayWire
{
    public required DateOnly Day { get; init; }

    public string? TraceParent { get; init; }
}
