namespace TokenLedger.Ingestion.Features;

/// <summary>What logs tell of an attempt's first edit or safe output.</summary>
/// <param name="TellsTools">Whether a session log names the tools that the agent called, with times.</param>
/// <param name="FirstTicks">When it first called one that writes, UTC; null if it called none.</param>
/// <param name="SafeOutputs">Safe outputs of the run's own summary; null without one.</param>
internal readonly record struct AttemptOutcome(bool TellsTools, long? FirstTicks, long? SafeOutputs)
{
    /// <summary>Whether there was one; null where no log tells.</summary>
    public bool? IsKnown => FirstTicks is not null || SafeOutputs > 0 ? true
        : TellsTools || SafeOutputs == 0 ? false
        : null;
}
