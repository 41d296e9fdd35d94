using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Statements;

/// <summary>
/// What each group of a period was billed and is expected to be. Its rows add up to the bill, whatever it is grouped by
/// and however the unallocated part is spread.
/// </summary>
/// <param name="Rows">Groups, the most billed first, then what no run answers for, by reason.</param>
/// <param name="Total">What all rows add up to.</param>
/// <param name="Runs">Run attempts in all of them; one may be in several groups.</param>
/// <param name="IsFinal">Whether every bill in it is final and nothing more is expected.</param>
public sealed record Statement(
    IReadOnlyList<StatementRow> Rows, StatementFigures Total, int Runs, bool IsFinal)
{
    /// <summary>The statement of lines. The order of the lines changes nothing.</summary>
    /// <param name="lines">The spend of whole days.</param>
    /// <param name="groupings">What it is grouped by, in order; at least one.</param>
    /// <param name="attribution">What rules say of runs.</param>
    /// <param name="spread">How the unallocated AI usage is spread.</param>
    /// <param name="weights">
    /// Weights by the value of the first grouping; for <see cref="StatementSpread.ByWeight"/>.
    /// </param>
    public static Statement Of(
        IEnumerable<SpendLine> lines, IReadOnlyList<StatementGrouping> groupings, AttributionRules attribution,
        StatementSpread spread, IReadOnlyDictionary<string, long> weights)
    {
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        var rest = new SortedDictionary<UnallocatedReason, StatementFigures>();
        var said = new Dictionary<RunFacts, RunAttribution>(ReferenceEqualityComparer.Instance);
        var isFinal = true;
        foreach (var line in lines)
        {
            var figures = StatementFigures.Of(line);
            isFinal &= line.State == SpendState.Settled;
            if (line.UnallocatedReason is { } reason)
            {
                rest[reason] = rest.GetValueOrDefault(reason, StatementFigures.Nothing) + figures;
                continue;
            }

            var run = line.Run!;
            if (!said.TryGetValue(run, out var rules))
                said.Add(run, rules = attribution.Of(run));
            var values = groupings.Select(grouping => grouping.ValueOf(line, rules)).ToList();
            var key = string.Concat(values.Select(
                value => value is null ? "-" : FormattableString.Invariant($"{value.Length}={value}")));
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = new Group(values));
            group.Runs.Add(run.Key);
            group.Figures += figures;
        }

        List<StatementRow> ofRuns =
        [
            .. groups
                .OrderByDescending(group => group.Value.Figures.BilledNanoCredits)
                .ThenByDescending(group => group.Value.Figures.ExpectedNanoCredits)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new StatementRow(
                    group.Value.Values, null, group.Value.Runs.Count, group.Value.Figures, 0)),
        ];
        List<StatementRow> ofNobody =
        [
            .. rest.Select(part => new StatementRow(
                [.. groupings.Select(_ => (string?)null)], part.Key, 0, part.Value, 0)),
        ];
        var total = ofRuns.Concat(ofNobody).Aggregate(StatementFigures.Nothing, (sum, row) => sum + row.Figures);
        return new Statement(
            [.. Spread(ofRuns, ofNobody, spread, weights)], total, said.Keys.Select(run => run.Key).Distinct().Count(),
            isFinal);
    }

    // Each part of the rest by itself, so that a refund among them is spread as one.
    private static IEnumerable<StatementRow> Spread(
        List<StatementRow> groups, List<StatementRow> rest, StatementSpread spread,
        IReadOnlyDictionary<string, long> weights)
    {
        long[] shares = [.. groups.Select(row => spread switch
        {
            StatementSpread.BySpend => Math.Max(0, row.Figures.BilledNanoCredits),
            StatementSpread.Even => 1,
            StatementSpread.ByWeight => weights.GetValueOrDefault(row.Values[0] ?? "", 0),
            _ => 0,
        })];
        if (!shares.Any(share => share > 0))
            return groups.Concat(rest);
        foreach (var part in rest)
        {
            var parts = LargestRemainder.Split(part.Figures.BilledNanoCredits, shares);
            for (var at = 0; at < groups.Count; at++)
            {
                groups[at] = groups[at] with
                {
                    SpreadNanoCredits = checked(groups[at].SpreadNanoCredits + parts[at]),
                };
            }
        }

        return groups.Concat(rest.Select(part => part with { SpreadNanoCredits = -part.Figures.BilledNanoCredits }));
    }

    private sealed class Group(IReadOnlyList<string?> values)
    {
        public IReadOnlyList<string?> Values => values;

        public StatementFigures Figures { get; set; } = StatementFigures.Nothing;

        public HashSet<RunKey> Runs { get; } = [];
    }
}
