namespace TokenLedger.Domain.Allocation;

/// <summary>Splits a whole number of nano-credits by weights so that the parts add up to it exactly.</summary>
public static class LargestRemainder
{
    /// <summary>The parts, in the order of the weights.</summary>
    /// <remarks>
    /// Every part is first cut off toward zero, so that parts never exceed the total on the way; then one unit of the
    /// total's sign goes to each of the largest remainders until none is left. Equal remainders go to the earlier
    /// weight: callers order weights by their full key, ordinal.
    /// <para>With |total| ≤ Σ weights no part exceeds its weight.</para>
    /// </remarks>
    /// <param name="total">What to split; may be negative.</param>
    /// <param name="weights">The weights, none negative and not all 0 unless the total is 0.</param>
    /// <exception cref="ArgumentException">A weight is negative, or all are 0 and the total is not.</exception>
    public static long[] Split(long total, ReadOnlySpan<long> weights)
    {
        var parts = new long[weights.Length];
        if (total == 0)
            return parts;
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            if (weight < 0)
                throw new ArgumentException("A weight is negative.", nameof(weights));
            sum += weight;
        }

        if (sum == 0)
            throw new ArgumentException("Nothing to split by: every weight is 0.", nameof(weights));
        var sign = total < 0 ? -1 : 1;
        var magnitude = Int128.Abs(total);
        var remainders = new (Int128 Remainder, int Index)[weights.Length];
        var left = magnitude;
        for (var i = 0; i < weights.Length; i++)
        {
            var (quotient, remainder) = Int128.DivRem(magnitude * weights[i], sum);
            parts[i] = (long)(sign * quotient);
            remainders[i] = (remainder, i);
            left -= quotient;
        }

        if (left == 0)
            return parts;
        Array.Sort(remainders, static (a, b) =>
        {
            var byRemainder = b.Remainder.CompareTo(a.Remainder);
            return byRemainder != 0 ? byRemainder : a.Index.CompareTo(b.Index);
        });
        for (var i = 0; i < (int)left; i++)
            parts[remainders[i].Index] += sign;
        return parts;
    }
}
