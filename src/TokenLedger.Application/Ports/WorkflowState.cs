namespace TokenLedger.Application.Ports;

/// <summary>Whether a workflow may run.</summary>
/// <param name="Text">GitHub's word, such as <c>active</c> or <c>disabled_manually</c>.</param>
public sealed record WorkflowState(string Text)
{
    /// <summary>Whether something may start it.</summary>
    public bool IsActive => string.Equals(Text, "active", StringComparison.Ordinal);
}
