using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// One charge cut into the parts of its slices and the rest. Only the gross was decided; the net follows it.
/// </summary>
/// <param name="Gross">The gross part of each slice.</param>
/// <param name="GrossRest">The gross part that no slice answers for.</param>
/// <param name="Net">The net part of each slice; null when the charge's net is unknown.</param>
/// <param name="NetRest">The net part that no slice answers for; null when the charge's net is unknown.</param>
internal sealed record ChargeSplit(long[] Gross, long GrossRest, long[]? Net, long? NetRest)
{
    /// <summary>Whether anything is left that no slice answers for.</summary>
    public bool HasRest => GrossRest != 0 || NetRest is not (null or 0);

    public static ChargeSplit Of(Charge charge, long[] gross)
    {
        var rest = gross.Aggregate(charge.GrossNanoCredits, (sum, part) => checked(sum - part));
        if (charge.NetNanoCredits is not { } net)
            return new ChargeSplit(gross, rest, null, null);

        // The rest takes part as one more participant, so the included credits fall on people's use as on runs.
        var weights = new long[gross.Length + 1];
        for (var i = 0; i < gross.Length; i++)
            weights[i] = Math.Abs(gross[i]);
        weights[^1] = Math.Abs(rest);
        if (Array.TrueForAll(weights, weight => weight == 0))
            return new ChargeSplit(gross, rest, new long[gross.Length], net);
        var parts = LargestRemainder.Split(net, weights);
        return new ChargeSplit(gross, rest, parts[..^1], parts[^1]);
    }
}
