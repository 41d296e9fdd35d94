using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>The way to Anthropic that everything in a process shares.</summary>
/// <param name="time">The clock.</param>
/// <param name="options">The bounds.</param>
public sealed class AnthropicConnection(TimeProvider time, CostReportOptions options)
    : CostReportConnection(time, options, new AnthropicProvider());
