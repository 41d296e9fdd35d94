namespace TokenLedger.Cli;

/// <summary>The streams, clock and surroundings of one invocation.</summary>
/// <param name="Out">Standard output: results only.</param>
/// <param name="Error">Standard error: progress, warnings, errors.</param>
/// <param name="Time">The clock.</param>
/// <param name="Environment">The surroundings.</param>
internal sealed record CliHost(TextWriter Out, TextWriter Error, TimeProvider Time, CliEnvironment Environment);
