namespace TokenLedger.Application.Ports;

/// <summary>What a provider said when asked for a day's bill.</summary>
/// <param name="Documents">Raw answers; empty when there are none.</param>
/// <param name="Refusal">Why there is no answer; null when there is.</param>
public sealed record BillAnswer(IReadOnlyList<BillDocument> Documents, ProviderRefusal? Refusal)
{
    /// <summary>Requests that it took.</summary>
    public int Questions { get; init; } = 1;
}
