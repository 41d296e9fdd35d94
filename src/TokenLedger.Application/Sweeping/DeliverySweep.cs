using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>What became of failed deliveries.</summary>
/// <param name="SentAgain">Deliveries that GitHub sends again.</param>
/// <param name="Left">Failed deliveries left to the next sweep.</param>
/// <param name="GivenUp">Failed deliveries that are not sent again; their runs are found by listing.</param>
/// <param name="Refusal">Why GitHub did not answer; null when it did.</param>
internal sealed record DeliverySweep(int SentAgain, int Left, int GivenUp, ProviderRefusal? Refusal)
{
    public static readonly DeliverySweep None = new(0, 0, 0, null);
}
