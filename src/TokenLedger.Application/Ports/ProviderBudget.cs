namespace TokenLedger.Application.Ports;

/// <summary>A budget that a provider keeps itself, as it tells it. Every text is the provider's own.</summary>
/// <remarks>
/// GitHub's <c>budgets</c> (REST description of 2026-08): amounts are whole US dollars, and what is spent of them may
/// be left out.
/// </remarks>
/// <param name="Id">The provider's id; not empty.</param>
/// <param name="Scope">Such as <c>organization</c> or <c>cost_center</c>; null when not told.</param>
/// <param name="Entity">What the scope names; null for the account itself.</param>
/// <param name="Kind">Such as <c>SkuPricing</c>; null when not told.</param>
/// <param name="Product">The products or SKUs, joined by commas; null when not told.</param>
/// <param name="AmountUsd">The limit in US dollars; null when not told.</param>
/// <param name="ConsumedUsd">What is spent of it in US dollars; null when not told.</param>
/// <param name="PreventsUsage">Whether usage ends when it is used up; null when not told.</param>
/// <param name="Alerts">Whether the provider tells somebody; null when not told.</param>
public sealed record ProviderBudget(
    string Id,
    string? Scope,
    string? Entity,
    string? Kind,
    string? Product,
    decimal? AmountUsd,
    decimal? ConsumedUsd,
    bool? PreventsUsage,
    bool? Alerts);
