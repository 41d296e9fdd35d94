using TokenLedger.Application.Configuration;

namespace TokenLedger.Hosting.Configuration;

/// <summary>What was read of the configuration, and what could not be.</summary>
/// <param name="Configuration">What could be read; with problems it is not to be worked with.</param>
/// <param name="Problems">Everything wrong with it, a line each; no secret.</param>
public sealed record ConfigurationReading(LedgerConfiguration Configuration, IReadOnlyList<string> Problems);
