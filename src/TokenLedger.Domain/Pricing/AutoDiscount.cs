using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>The part taken off list prices when the channel's automatic selection chose the model.</summary>
/// <param name="Channel">The channel that grants it.</param>
/// <param name="ValidFrom">The first UTC day, inclusive; null is "since ever".</param>
/// <param name="ValidTo">The first UTC day it no longer holds, exclusive; null is "until further notice".</param>
/// <param name="Percent">The discount, from 0 to 100.</param>
public sealed record AutoDiscount(Channel Channel, DateOnly? ValidFrom, DateOnly? ValidTo, decimal Percent);
