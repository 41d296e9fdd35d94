namespace TokenLedger.Ingestion.Features;

/// <summary>What logs tell of an attempt's first edit or safe output.</summary>
/// <param name="TellsTools">Whether a session log names the tools that the agent called, with times.</param>
/// <param name="FirstTicks">When it first called one that edits or makes a safe output, UTC; null if none.</param>
/// <param name="HasEdit">Whether it called one that edits a file.</param>
/// <param name="SafeOutputs">Safe outputs of the run's own summary; null without one.</param>
internal readonly record struct AttemptOutcome(
    bool TellsTools, long? FirstTicks, bool HasEdit, long? SafeOutputs)
{
    /// <summary>Whether there was one; null where no log tells.</summary>
    public bool? IsKnown => FirstTicks is not null || SafeOutputs > 0 ? true
        : TellsTools || SafeOutputs == 0 ? false
        : null;
}
