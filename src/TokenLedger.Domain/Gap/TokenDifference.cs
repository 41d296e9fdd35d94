using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>
/// Says whose the tokens are that the bill has and we have not, or the other way round, each at the booked price.
/// </summary>
internal sealed class TokenDifference(BillCluster cluster, TokenColumns columns, bool isFinal, GapAmounts amounts)
{
    private const int Output = (int)TokenKind.Output;
    private const int CacheRead = (int)TokenKind.CacheRead;

    private readonly long[] tokens = [.. columns.Billed.Zip(columns.Ours, (billed, ours) => checked(billed - ours))];
    private readonly long[] values =
        [.. columns.BilledNanoCredits.Zip(columns.OursNanoCredits, (billed, ours) => checked(billed - ours))];

    public void Explain()
    {
        // Every request has output. Where the bill's is ours, nobody else has used the bucket, and no unseen run has.
        var isOursAlone = columns.Ours[Output] > 0
            && TokenColumns.IsNear(columns.Billed[Output], columns.Ours[Output]);
        // On a day that may still grow what is missing may yet come.
        if (isOursAlone || isFinal)
            MoveBetweenKinds();
        for (var kind = 0; kind < tokens.Length; kind++)
        {
            if (values[kind] == 0)
                continue;
            if (tokens[kind] < 0)
                ExplainDeficit(kind, isOursAlone);
            else
                ExplainSurplus(kind, isOursAlone);
        }
    }

    // Prompt tokens that are too many under one kind and too few under another are the same tokens.
    private void MoveBetweenKinds()
    {
        var prompt = Enumerable.Range(0, tokens.Length).Where(kind => kind != Output).ToList();
        var more = prompt.Where(kind => tokens[kind] > 0).ToList();
        var fewer = prompt.Where(kind => tokens[kind] < 0).ToList();
        var moved = Math.Min(
            more.Aggregate(0L, (sum, kind) => checked(sum + tokens[kind])),
            fewer.Aggregate(0L, (sum, kind) => checked(sum - tokens[kind])));
        if (moved == 0)
            return;
        Move(more, moved);
        Move(fewer, moved);
    }

    private void Move(List<int> kinds, long moved)
    {
        var parts = LargestRemainder.Split(moved, [.. kinds.Select(kind => Math.Abs(tokens[kind]))]);
        for (var i = 0; i < kinds.Count; i++)
        {
            var kind = kinds[i];
            var left = Math.Abs(tokens[kind]) - parts[i];
            var value = LargestRemainder.Split(values[kind], [parts[i], left])[0];
            amounts.Add(GapPart.TokenKind, GapCause.CountedAsAnotherKind, value);
            tokens[kind] = Math.Sign(tokens[kind]) * left;
            values[kind] -= value;
        }
    }

    private void ExplainDeficit(int kind, bool isOursAlone)
    {
        if (isFinal || isOursAlone)
            amounts.Add(GapPart.TokenKind, GapCause.MoreThanBilled, values[kind]);
        else
            amounts.Add(GapPart.Timing, GapCause.BillNotSettled, values[kind]);
    }

    private void ExplainSurplus(int kind, bool isOursAlone)
    {
        var hasBareRuns = cluster.BareRuns.Count > 0;
        if (isOursAlone || (cluster.IsExclusive && !hasBareRuns))
        {
            if (IsCacheWrite(kind))
                amounts.Add(GapPart.TokenKind, GapCause.CacheWritesMissing, values[kind], RunsWithoutWrites());
            else
                amounts.Add(GapPart.TokenKind, GapCause.TokensMissing, values[kind]);
        }
        else if (IsCacheWrite(kind) && columns.Ours[kind] == 0 && columns.Ours[CacheRead] > 0)
        {
            // Somebody wrote what we have read, and no log of ours says that it was us.
            amounts.Add(
                GapPart.NotSeparable, GapCause.CacheWritesOrOtherUsage, values[kind], RunsWithoutWrites(),
                [GapPart.TokenKind, .. hasBareRuns ? [GapPart.Coverage] : Array.Empty<GapPart>(),
                    .. cluster.IsExclusive ? [] : new[] { GapPart.OtherUsage }]);
        }
        else if (cluster.IsExclusive)
        {
            amounts.Add(GapPart.Coverage, GapCause.RunsWithoutTelemetry, values[kind], cluster.BareRuns);
        }
        else if (hasBareRuns)
        {
            amounts.Add(
                GapPart.NotSeparable, GapCause.RunsOrOtherUsage, values[kind], cluster.BareRuns,
                [GapPart.Coverage, GapPart.OtherUsage]);
        }
        else
        {
            amounts.Add(GapPart.OtherUsage, GapCause.BeyondKnownRuns, values[kind]);
        }
    }

    private static bool IsCacheWrite(int kind) =>
        (TokenKind)kind is TokenKind.CacheWrite5m or TokenKind.CacheWrite1h;

    private IEnumerable<RunKey> RunsWithoutWrites() => cluster.Slices
        .Where(slice => slice.Tokens is { CacheWrite: 0, CacheRead: > 0 })
        .Select(slice => slice.Run.Key);
}
