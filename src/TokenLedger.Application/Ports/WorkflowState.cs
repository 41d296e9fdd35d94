namespace TokenLedger.Application.Ports;

/// <summary>Whether a workflow may run.</summary>
/// <param name="Text">GitHub's word: <c>active</c>, <c>disabled_manually</c>, <c>disabled_inactivity</c> and others.</param>
public sealed record WorkflowState(string Text)
{
    /// <summary>Whether something may start it.</summary>
    public bool IsActive => string.Equals(Text, "active", StringComparison.Ordinal);
}
