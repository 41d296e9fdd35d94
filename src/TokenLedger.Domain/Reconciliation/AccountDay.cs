using System.Collections.Immutable;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>Everything that decides the shares of one billing account on one UTC day.</summary>
public sealed record AccountDay
{
    /// <summary>The wallet.</summary>
    public required BillingAccount Account { get; init; }

    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The observations in force: at most one of each view and filter, in any order.</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }

    /// <summary>Whether a bill is in force, be it of nothing; a count of tokens is none.</summary>
    public bool HasBill => Observations.Any(look => BillViewName.ShowsMoney(look.View));

    /// <summary>The slices of that day that this account pays for, in any order.</summary>
    public required IReadOnlyList<PricedSlice> Slices { get; init; }

    /// <summary>Runs of the account known to have run on that day and without any telemetry.</summary>
    public required IReadOnlyList<RunFacts> RunsWithoutTelemetry { get; init; }

    /// <summary>Buckets declared to hold nothing but the known runs' usage.</summary>
    public IReadOnlyList<ExclusiveScope> ExclusiveScopes { get; init; } = [];

    /// <summary>
    /// Nets that take the place of the bill's own, by charge id: those of a month whose included credits are spread.
    /// </summary>
    public IReadOnlyDictionary<string, long> SpreadNetNanoCredits { get; init; } =
        ImmutableDictionary<string, long>.Empty;

    /// <summary>The prices, for telling which convention a bill's token columns follow.</summary>
    public required PriceBook Prices { get; init; }
}
