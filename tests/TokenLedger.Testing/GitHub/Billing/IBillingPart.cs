using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A part of an account's billing.</summary>
internal interface IBillingPart
{
    /// <summary>The answer; null when the path belongs to another part.</summary>
    ApiAnswer? Answer(BillingCall call, IReadOnlyList<FakeCharge> charges);
}
