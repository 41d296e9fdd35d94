namespace TokenLedger.Ingestion.Billing;

/// <summary>A sum of decimals that is the same in every order of its parts.</summary>
/// <remarks>
/// A plain decimal rounds at 28 digits, and where it rounds depends on the order. Eighteen decimal places are seven
/// more than a nano-credit has; five million parts of the largest allowed size stay within 128 bits.
/// </remarks>
/// <param name="Parts">The sum in units of 10⁻¹⁸.</param>
internal readonly record struct ExactSum(Int128 Parts)
{
    /// <summary>The largest part, either sign, inclusive.</summary>
    public const decimal Limit = 10_000_000_000_000m;

    private const long PartsPerUnit = 1_000_000_000_000_000_000;
    private const decimal UnitsPerPart = 0.000000000000000001m;

    /// <summary>One part; digits past the eighteenth are rounded half to even.</summary>
    public static ExactSum Of(decimal value)
    {
        var whole = decimal.Truncate(value);
        var rest = decimal.Round((value - whole) * PartsPerUnit, 0, MidpointRounding.ToEven);
        return new ExactSum(((Int128)whole * PartsPerUnit) + (Int128)rest);
    }

    /// <summary>The sum as a decimal.</summary>
    public decimal ToDecimal() =>
        (decimal)(Parts / PartsPerUnit) + ((decimal)(Parts % PartsPerUnit) * UnitsPerPart);

    /// <summary>The sum of both.</summary>
    public static ExactSum operator +(ExactSum left, ExactSum right) => new(left.Parts + right.Parts);

    /// <summary>The sum, or unknown when either is.</summary>
    public static ExactSum? Add(ExactSum? left, decimal? right) =>
        left is { } known && right is { } part ? known + Of(part) : null;
}
