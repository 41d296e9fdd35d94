namespace TokenLedger.Testing.FunctionsHost;

/// <summary>A line of the handler's output, or of its answers' logs, tied to no invocation.</summary>
public sealed record HostLogLine(HostLogLevel Level, string Text)
{
    public static HostLogLine OfOutput(string text) => new(HostLogLevel.Information, text);

    /// <summary>An error, or a warning if it says so.</summary>
    public static HostLogLine OfErrors(string text) => new(
        text.Contains("warn", StringComparison.OrdinalIgnoreCase) ? HostLogLevel.Warning : HostLogLevel.Error, text);
}
