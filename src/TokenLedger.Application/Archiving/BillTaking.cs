using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Archiving;

/// <summary>How a raw bill was taken: what its bytes do not say, and a rebuild must know.</summary>
/// <param name="Hints">What was known of it beside its bytes.</param>
/// <param name="ObservedAt">When it was read from the provider, UTC.</param>
public sealed record BillTaking(BillHints Hints, DateTimeOffset ObservedAt);
