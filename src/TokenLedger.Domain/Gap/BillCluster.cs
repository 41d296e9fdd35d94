using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>
/// Buckets that share a slice, and all slices that they can mean: within it billed money and estimate answer for each
/// other, and nothing outside of it does.
/// </summary>
internal sealed record BillCluster
{
    public required IReadOnlyList<Bucket> Buckets { get; init; }

    /// <summary>The slices, ordered by key.</summary>
    public required IReadOnlyList<PricedSlice> Slices { get; init; }

    /// <summary>Runs without telemetry that could have spent in it, in key order.</summary>
    public required IReadOnlyList<RunKey> BareRuns { get; init; }

    /// <summary>Whether nobody else can have spent in any of the buckets.</summary>
    public required bool IsExclusive { get; init; }

    public IEnumerable<Charge> Charges => Buckets.SelectMany(bucket => bucket.Charges);

    public long BilledNanoCredits => Charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));

    public long? NetNanoCredits =>
        Charges.Aggregate((long?)0, (sum, charge) => checked(sum + charge.NetNanoCredits));

    public IReadOnlyList<PricedSlice> Unpriced => [.. Slices.Where(slice => slice.Unpriced is not null)];

    /// <summary>Whether the bill has a row for each token kind.</summary>
    public bool IsByKind => Buckets.All(bucket => bucket.Dimensions.TokenKind is not null);

    /// <summary>The one model of slices and charges; null when there are several or none.</summary>
    public (Channel Channel, string Name)? Model
    {
        get
        {
            var models = Slices.Select(slice => (slice.Channel, slice.Model))
                .Concat(Buckets
                    .Where(bucket => bucket.Dimensions.Model.Text is not null)
                    .Select(bucket => (bucket.Channel, Model: bucket.Dimensions.Model.Text!)))
                .Distinct()
                .Take(2)
                .ToList();
            return models.Count == 1 ? models[0] : null;
        }
    }

    /// <summary>The clusters of a day, in the order of their first buckets.</summary>
    public static IReadOnlyList<BillCluster> Of(
        IReadOnlyList<(Bucket Bucket, IReadOnlyList<PricedSlice> Slices)> buckets,
        IReadOnlySet<string> exclusiveKeys,
        IReadOnlyList<RunFacts> bareRuns)
    {
        var parents = Enumerable.Range(0, buckets.Count).ToArray();
        var owners = new Dictionary<PricedSlice, int>(ReferenceEqualityComparer.Instance);
        for (var at = 0; at < buckets.Count; at++)
        {
            foreach (var slice in buckets[at].Slices)
            {
                if (!owners.TryAdd(slice, at))
                    parents[Root(at)] = Root(owners[slice]);
            }
        }

        return
        [
            .. Enumerable.Range(0, buckets.Count)
                .GroupBy(Root)
                .Select(group => Create([.. group.Select(at => buckets[at])], exclusiveKeys, bareRuns)),
        ];

        int Root(int at)
        {
            while (parents[at] != at)
                at = parents[at] = parents[parents[at]];
            return at;
        }
    }

    private static BillCluster Create(
        IReadOnlyList<(Bucket Bucket, IReadOnlyList<PricedSlice> Slices)> buckets,
        IReadOnlySet<string> exclusiveKeys,
        IReadOnlyList<RunFacts> bareRuns) => new()
        {
            Buckets = [.. buckets.Select(pair => pair.Bucket)],
            Slices =
            [
                .. buckets
                    .SelectMany(pair => pair.Slices)
                    .Distinct<PricedSlice>(ReferenceEqualityComparer.Instance)
                    .Order(PricedSliceOrder.Instance),
            ],
            BareRuns =
            [
                .. bareRuns
                    .Where(run => buckets.Any(pair => ChargeMatch.CouldMatch(pair.Bucket.Dimensions, run)))
                    .Select(run => run.Key)
                    .Distinct()
                    .Order(),
            ],
            IsExclusive = buckets.All(pair => exclusiveKeys.Contains(pair.Bucket.Key)),
        };
}
