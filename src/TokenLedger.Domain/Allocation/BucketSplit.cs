namespace TokenLedger.Domain.Allocation;

/// <summary>Splits the charges of one bucket over the slices that match it.</summary>
/// <remarks>
/// 1. The money that slices answer for is the whole sum, or min(sum, Σ weights) where others share the bucket.
/// 2. That money is split over the slices once, by weight: the columns.
/// 3. The charges are cut to that money: the rows.
/// 4. The table is filled row by row, so that every row and every column comes out exact. A column never exceeds its
///    weight unless the bucket is taken whole: rounding each charge alone would let a slice drift above its estimate.
/// Refunds and other charges are columns of their own, since a part of a sum of mixed signs has no single remainder
/// rule.
/// </remarks>
public static class BucketSplit
{
    /// <summary>The parts of every charge: first index the charge, second the slice.</summary>
    /// <param name="chargesNanoCredits">Gross amounts, ordered by charge id; refunds are negative.</param>
    /// <param name="weightsNanoCredits">Weights of the slices, ordered by slice key; none negative, not all 0.</param>
    /// <param name="takesWhole">True when nobody else can have spent in the bucket.</param>
    public static long[][] Split(
        IReadOnlyList<long> chargesNanoCredits, long[] weightsNanoCredits, bool takesWhole)
    {
        Int128 weight = 0;
        foreach (var part in weightsNanoCredits)
            weight += part;
        var charged = 0L;
        var refunded = 0L;
        foreach (var charge in chargesNanoCredits)
        {
            if (charge > 0)
                charged = checked(charged + charge);
            else
                refunded = checked(refunded - charge);
        }

        var total = checked(charged - refunded);
        var allocated = takesWhole || total <= weight ? total : (long)weight;

        // Of a capped bucket the refunds are cut by the same fraction as the charges; truncated, so that the charges
        // that stay on top of them are never more than were billed.
        var refundsAllocated = allocated == total ? refunded : (long)((Int128)refunded * allocated / total);
        var columns = LargestRemainder.Split(allocated, weightsNanoCredits);
        var (up, down) = Columns(columns, weightsNanoCredits, allocated, refundsAllocated);
        var rows = Rows(chargesNanoCredits, charged, checked(allocated + refundsAllocated), refunded, refundsAllocated);
        return Fill(rows, up, down);
    }

    private static (long[] Up, long[] Down) Columns(long[] net, long[] weights, long allocated, long refundsAllocated)
    {
        var up = new long[net.Length];
        var down = new long[net.Length];
        if (allocated >= 0)
        {
            down = LargestRemainder.Split(refundsAllocated, weights);
            for (var i = 0; i < net.Length; i++)
                up[i] = checked(net[i] + down[i]);
        }
        else
        {
            up = LargestRemainder.Split(checked(allocated + refundsAllocated), weights);
            for (var i = 0; i < net.Length; i++)
                down[i] = checked(up[i] - net[i]);
        }

        return (up, down);
    }

    private static long[] Rows(
        IReadOnlyList<long> charges, long charged, long chargedAllocated, long refunded, long refundsAllocated)
    {
        var up = chargedAllocated == charged
            ? null : LargestRemainder.Split(chargedAllocated, [.. charges.Select(charge => Math.Max(charge, 0))]);
        var down = refundsAllocated == refunded
            ? null : LargestRemainder.Split(refundsAllocated, [.. charges.Select(charge => Math.Max(-charge, 0))]);
        return [.. charges.Select((charge, i) => charge >= 0 ? up?[i] ?? charge : -(down?[i] ?? -charge))];
    }

    private static long[][] Fill(long[] rows, long[] up, long[] down)
    {
        var table = new long[rows.Length][];
        for (var row = 0; row < rows.Length; row++)
        {
            var left = rows[row] < 0 ? down : up;
            var parts = LargestRemainder.Split(Math.Abs(rows[row]), left);
            for (var i = 0; i < parts.Length; i++)
            {
                left[i] -= parts[i];
                if (rows[row] < 0)
                    parts[i] = -parts[i];
            }

            table[row] = parts;
        }

        return table;
    }
}
