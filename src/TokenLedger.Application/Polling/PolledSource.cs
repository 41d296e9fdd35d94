using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>A configured bill with whom to ask for it.</summary>
/// <param name="Configuration">Whose bill, and the token.</param>
/// <param name="Provider">Who asks.</param>
internal sealed record PolledSource(SourceConfiguration Configuration, IBillingSource Provider);
