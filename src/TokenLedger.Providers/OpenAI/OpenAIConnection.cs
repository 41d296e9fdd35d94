using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.OpenAI;

/// <summary>The way to OpenAI that everything in a process shares.</summary>
/// <param name="time">The clock.</param>
/// <param name="options">The bounds.</param>
public sealed class OpenAIConnection(TimeProvider time, CostReportOptions options)
    : CostReportConnection(time, options, new OpenAIProvider());
