namespace TokenLedger.Domain.Credits;

/// <summary>An amount in one currency, exact.</summary>
/// <remarks>
/// The default value has no currency and takes part in no arithmetic. There is no conversion between currencies:
/// a bill in another currency than the ledger's is refused where it enters.
/// </remarks>
/// <param name="Amount">The amount in whole units of the currency (dollars, not cents).</param>
/// <param name="Currency">The ISO 4217 code in capitals, such as <c>USD</c>.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The currency the ledger counts in.</summary>
    public const string LedgerCurrency = "USD";

    /// <summary>An amount in US dollars.</summary>
    public static Money Usd(decimal amount) => new(amount, LedgerCurrency);

    /// <summary>The sum of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ, or one is missing.</exception>
    public static Money operator +(Money left, Money right) =>
        new(left.Amount + right.AmountIn(left.Currency), left.Currency);

    /// <summary>The difference of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ, or one is missing.</exception>
    public static Money operator -(Money left, Money right) =>
        new(left.Amount - right.AmountIn(left.Currency), left.Currency);

    /// <summary>The bare amount, for a caller who names the currency it believes in.</summary>
    /// <exception cref="InvalidOperationException">The amount is in another currency, or in none.</exception>
    public decimal AmountIn(string? currency) =>
        currency is not null && string.Equals(Currency, currency, StringComparison.Ordinal)
            ? Amount
            : throw new InvalidOperationException(
                $"An amount in {Currency ?? "no currency"} is not {currency ?? "one"}.");
}
