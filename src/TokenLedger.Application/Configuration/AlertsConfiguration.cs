namespace TokenLedger.Application.Configuration;

/// <summary>What people are told, and how.</summary>
public sealed record AlertsConfiguration
{
    /// <summary>
    /// How long a group that was told of is left alone, unless it is critical; from 0 to a day.
    /// </summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What must be at stake in a workflow's findings of a day, in nano-credits; 0 for any.</summary>
    public long FindingsAtLeastNanoCredits { get; init; } = 100_000_000_000;

    /// <summary>The channels; empty for the log alone.</summary>
    public IReadOnlyList<AlertChannelConfiguration> Channels { get; init; } = [];
}
