using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Tests.Credits;

public sealed class MoneyTests
{
    [Fact]
    public void Amounts_of_one_currency_add_and_subtract()
    {
        Assert.Equal(Money.Usd(3), Money.Usd(1) + Money.Usd(2));
        Assert.Equal(Money.Usd(-1), Money.Usd(1) - Money.Usd(2));
        Assert.Equal(1m, Money.Usd(1).AmountIn("USD"));
    }

    [Fact]
    public void Currencies_never_mix()
    {
        var euros = new Money(1, "EUR");
        var thrown = Assert.Throws<InvalidOperationException>(() => Money.Usd(1) + euros);
        Assert.Equal("An amount in EUR is not USD.", thrown.Message);
        Assert.Throws<InvalidOperationException>(() => Money.Usd(1) - euros);
        Assert.Throws<InvalidOperationException>(() => euros.AmountIn("USD"));
        Assert.Throws<InvalidOperationException>(() => euros.AmountIn("eur"));
    }

    [Fact]
    public void An_amount_without_a_currency_takes_part_in_nothing()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => default(Money) + default(Money));
        Assert.Equal("An amount in no currency is not one.", thrown.Message);
    }
}
