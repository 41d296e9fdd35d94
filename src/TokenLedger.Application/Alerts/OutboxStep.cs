namespace TokenLedger.Application.Alerts;

/// <summary>The next thing to do for a group on a channel.</summary>
/// <param name="Action">What.</param>
/// <param name="Row">With which row.</param>
internal sealed record OutboxStep(OutboxAction Action, OutboxRow Row)
{
    /// <summary>Until when it is left; only of <see cref="OutboxAction.Hold"/>.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why; null for what is sent.</summary>
    public string? Note { get; init; }
}
