using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Budgets;

/// <summary>Roots of small numbers, for telling how scatter adds up.</summary>
internal static class SquareRoot
{
    // Newton's method doubles the right digits with each step.
    private const int StepsMax = 60;
    private const decimal Precision = 0.0000000001m;

    /// <summary>The root, to ten digits behind the point.</summary>
    /// <param name="value">0 or more.</param>
    public static decimal Of(decimal value)
    {
        if (value <= 0)
            return 0;
        var root = Math.Max(1, value);
        for (var step = 0; step < StepsMax; step++)
        {
            var next = Ratio.Of(root + Ratio.Of(value, root), 2);
            if (Math.Abs(next - root) < Precision)
                return next;
            root = next;
        }

        return root;
    }
}
