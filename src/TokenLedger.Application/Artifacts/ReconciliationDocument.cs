using System.Text.Json.Serialization;

namespace TokenLedger.Application.Artifacts;

/// <summary>
/// The artifact <c>tokenledger/reconciliation/v1</c>. Every field is always present; unknown is null and never 0.
/// </summary>
public sealed record ReconciliationDocument
{
    /// <summary><c>tokenledger/reconciliation/v1</c>.</summary>
    public required string Schema { get; init; }

    /// <summary>When it was made, UTC; the only field that differs between two makings of one input.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The hash of the runs, bills and configuration it was made of.</summary>
    public required string InputHash { get; init; }

    /// <summary>The hash of the price book.</summary>
    public required string PricesHash { get; init; }

    /// <summary>Whose runs and bills.</summary>
    public required ScopeEntry Scope { get; init; }

    /// <summary>The UTC days.</summary>
    public required PeriodEntry Period { get; init; }

    /// <summary>The sums.</summary>
    public required TotalsEntry Totals { get; init; }

    /// <summary>Every billed row with its role, ordered by id.</summary>
    public required IReadOnlyList<ChargeEntry> Charges { get; init; }

    /// <summary>The runs, in key order. Of a document that was just made, each is made anew when it is read.</summary>
    public required IReadOnlyList<RunEntry> Runs { get; init; }

    /// <summary>What no run answers for.</summary>
    public required IReadOnlyList<UnallocatedEntry> Unallocated { get; init; }

    /// <summary>How final each account and day is.</summary>
    public required IReadOnlyList<SettlementEntry> Settlement { get; init; }

    /// <summary>
    /// What months have used of included AI credits; empty when neither configured nor spread. Artifacts made before
    /// December 2026 have no such field.
    /// </summary>
    public IReadOnlyList<IncludedCreditsEntry> IncludedCredits { get; init; } = [];

    /// <summary>
    /// What is used of credit pools; empty when none is configured. Artifacts made before December 2026 have no such
    /// field.
    /// </summary>
    public IReadOnlyList<CreditPoolEntry> CreditPools { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<WarningEntry> Warnings { get; init; }

    /// <summary>
    /// The hash of all other fields but generatedAt in canonical form: see <see cref="ContentDigest"/>. Stands last, so
    /// that it can be made while the rest is written.
    /// </summary>
    [JsonPropertyOrder(1)]
    public required string ContentHash
    {
        get => Seal?.Hash ?? field;
        init;
    }

    /// <summary>Makes the hash of a document that was not read; null for one that was.</summary>
    [JsonIgnore]
    internal ContentSeal? Seal { get; init; }
}
