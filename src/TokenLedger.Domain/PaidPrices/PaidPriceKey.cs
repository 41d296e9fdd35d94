using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>What has one price on a day: the account's model, token kind, selection and band.</summary>
internal readonly record struct PaidPriceKey(
    BillingAccount Account, Channel Channel, string Model, TokenKind? Kind, bool IsAutoSelected, string? ContextBand)
    : IComparable<PaidPriceKey>
{
    public int CompareTo(PaidPriceKey other)
    {
        var order = Account.CompareTo(other.Account);
        if (order == 0)
            order = Channel.CompareTo(other.Channel);
        if (order == 0)
            order = string.CompareOrdinal(Model, other.Model);
        if (order == 0)
            order = Nullable.Compare(Kind, other.Kind);
        if (order == 0)
            order = IsAutoSelected.CompareTo(other.IsAutoSelected);
        return order == 0 ? string.CompareOrdinal(ContextBand, other.ContextBand) : order;
    }
}
