namespace TokenLedger.Application.Messages;

/// <summary><c>evaluateBudgets1</c>.</summary>
internal sealed record EvaluateBudgetsWire
{
    public required DateOnly Day { get; init; }

    public string? TraceParent { get; init; }
}
