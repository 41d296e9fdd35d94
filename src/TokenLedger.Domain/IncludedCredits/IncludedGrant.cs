namespace TokenLedger.Domain.IncludedCredits;

/// <summary>AI credits that an account has each month before it pays: by seats, or a pool of so many.</summary>
public sealed record IncludedGrant
{
    // Credits of a seat and month, and those of existing customers in the first three months (GitHub documentation,
    // read 2026-10).
    private const decimal BusinessAiCredits = 1_900m;
    private const decimal EnterpriseAiCredits = 3_900m;
    private const decimal PromotionalBusinessAiCredits = 3_000m;
    private const decimal PromotionalEnterpriseAiCredits = 7_000m;
    private static readonly DateOnly PromotionStart = new(2026, 6, 1);
    private static readonly DateOnly PromotionEnd = new(2026, 9, 1);

    /// <summary>The plan of the seats; null for a pool.</summary>
    public SeatPlan? Plan { get; init; }

    /// <summary>How many seats.</summary>
    public int Seats { get; init; }

    /// <summary>Whether the account was a customer before June 2026 and so had more until the end of August.</summary>
    public bool IsPromotional { get; init; }

    /// <summary>AI credits a month, beside those of seats; null for none.</summary>
    public decimal? PoolAiCredits { get; init; }

    /// <summary>The cost centre that has the pool to itself; null for the account's own.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The first UTC day, inclusive; null for always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last UTC day, exclusive; null for no end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether it holds on a day.</summary>
    public bool IsInForce(DateOnly day) => (From is not { } from || day >= from) && (To is not { } to || day < to);

    /// <summary>The AI credits of the month that a day lies in, as the grant stands on that day.</summary>
    public decimal AiCreditsOn(DateOnly day) => (PoolAiCredits ?? 0) + (Seats * AiCreditsPerSeat(day));

    private decimal AiCreditsPerSeat(DateOnly day)
    {
        var hasPromotion = IsPromotional && day >= PromotionStart && day < PromotionEnd;
        return Plan switch
        {
            SeatPlan.Business => hasPromotion ? PromotionalBusinessAiCredits : BusinessAiCredits,
            SeatPlan.Enterprise => hasPromotion ? PromotionalEnterpriseAiCredits : EnterpriseAiCredits,
            _ => 0,
        };
    }
}
