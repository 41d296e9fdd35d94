using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Worlds.Bills;

namespace TokenLedger.Testing.Worlds.Views;

/// <summary>Lines that a view shows as one row.</summary>
/// <param name="GrossNanoCredits">Their gross.</param>
/// <param name="NetNanoCredits">Their net.</param>
/// <param name="Tokens">Their tokens.</param>
internal readonly record struct ShownSum(long GrossNanoCredits, long NetNanoCredits, TokenCounts Tokens)
{
    public long DiscountNanoCredits => GrossNanoCredits - NetNanoCredits;

    public static ShownSum Of(IEnumerable<ShownLine> lines) => lines.Aggregate(
        default(ShownSum),
        (sum, line) => new ShownSum(
            sum.GrossNanoCredits + line.GrossNanoCredits,
            sum.NetNanoCredits + line.NetNanoCredits,
            sum.Tokens + line.Tokens));
}
