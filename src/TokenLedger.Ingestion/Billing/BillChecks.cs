using System.Globalization;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Compares a bill's redundant columns with each other and says once per file where they disagree.</summary>
internal sealed class BillChecks
{
    // Exports print binary fractions: their noise is below 10⁻¹³ of the amount.
    private const decimal DiscountToleranceUsd = 0.000000001m;
    private const decimal QuantityToleranceUsd = 0.01m;
    private const decimal QuantityTolerance = 0.005m;

    private long discountRows;
    private ExactSum statedDiscount;
    private ExactSum impliedDiscount;
    private long quantityRows;
    private ExactSum statedGross;
    private ExactSum impliedGross;

    /// <summary>Compares one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="quantity">The quantity that the unit price is for; null where the row has none.</param>
    /// <param name="unitPrice">The unit price in US dollars; null where the row has none.</param>
    public void Look(BillRow row, decimal? quantity, decimal? unitPrice)
    {
        if (row.DiscountUsd is { } discount && row.NetUsd is { } net)
        {
            var implied = row.GrossUsd - net;
            if (Math.Abs(discount - implied) > DiscountToleranceUsd)
            {
                discountRows++;
                statedDiscount += ExactSum.Of(discount);
                impliedDiscount += ExactSum.Of(implied);
            }
        }

        if (quantity is { } priced && unitPrice is { } price)
            LookAtQuantity(row.GrossUsd, priced, price);
    }

    /// <summary>Adds what was found to the log.</summary>
    public void Report(BillLog log)
    {
        if (discountRows > 0)
        {
            log.Notice("discount-mismatch", $"In {Text(discountRows)} rows the discount column is not gross − net: "
                + $"together it says {Text(statedDiscount)} USD where gross − net is {Text(impliedDiscount)} USD. "
                + "Gross and net are taken.");
        }

        if (quantityRows > 0)
        {
            log.Notice("quantity-mismatch", $"In {Text(quantityRows)} rows quantity × unit price is not the gross "
                + $"amount: together it gives {Text(impliedGross)} USD where the gross amounts are "
                + $"{Text(statedGross)} USD. The gross amounts are taken.");
        }
    }

    private void LookAtQuantity(decimal gross, decimal quantity, decimal price)
    {
        // Both are at most ExactSum.Limit, so the product fits a decimal; beyond the limit it cannot be summed.
        var implied = quantity * price;
        var difference = Math.Abs(implied - gross);
        if (difference <= QuantityToleranceUsd || difference <= QuantityTolerance * Math.Abs(gross))
            return;
        quantityRows++;
        statedGross += ExactSum.Of(gross);
        impliedGross += ExactSum.Of(Math.Clamp(implied, -ExactSum.Limit, ExactSum.Limit));
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Text(ExactSum sum) =>
        sum.ToDecimal().ToString("0.##################", CultureInfo.InvariantCulture);
}
