using System.Globalization;
using TokenLedger.Domain;
using TokenLedger.Domain.PaidPrices;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>What a reader of a period should know of prices that the bill contradicts.</summary>
internal static class PriceNotices
{
    /// <summary>The findings of a period's days.</summary>
    public static IReadOnlyList<PriceFinding> Look(IEnumerable<DayOutcome> days, PriceBook prices) => PriceWatch.Look(
        days.Select(day => new WatchedDay(
            day.Reconciliation, day.Settlement.IsFinal)),
        prices);

    /// <summary>One notice for each model and kind: of its newest span, with the number of others.</summary>
    /// <remarks>A model without a price is told by <c>unpriced-usage</c> where runs used it.</remarks>
    public static IEnumerable<Notice> Of(IEnumerable<PriceFinding> findings) => findings
        .Where(finding => finding.Code == PriceFindingCode.PriceContradictsBook)
        .GroupBy(finding => (finding.Account, finding.Channel, finding.Model, finding.Kind))
        .Select(group => new Notice(
            "price-contradicts-book", Message(group.MaxBy(finding => finding.Since)!, group.Count() - 1)));

    private static string Message(PriceFinding finding, int others)
    {
        var days = finding.Days == 1 ? "1 day" : FormattableString.Invariant($"{finding.Days} days");
        var rest = others == 0 ? "" : FormattableString.Invariant($"; other spans: {others}");
        var effect = FormattableString.Invariant(
            $"{days}, {finding.Tokens:N0} tokens, {finding.EffectUsd:+0.00##;-0.00##;0.00} USD{rest}");
        var model = FormattableString.Invariant($"{finding.Account.Key}: {finding.Model} ({finding.Channel})");
        return finding is { PaidUsdPerMillionTokens: { } paid, BookedUsdPerMillionTokens: { } booked }
            ? FormattableString.Invariant(
                $"{model} {KindOf(finding.Kind!.Value)} is billed at {paid:0.######} USD a million since ")
                + FormattableString.Invariant(
                    $"{finding.Since:yyyy-MM-dd}, the price book says {booked:0.######} ({effect}): prices check.")
            : FormattableString.Invariant(
                $"the bill of {model} is {Off(finding)} the booked prices since {finding.Since:yyyy-MM-dd} ")
                + FormattableString.Invariant($"({effect}): prices check.");
    }

    private static string KindOf(TokenKind kind) => kind switch
    {
        TokenKind.Input => "input",
        TokenKind.Output => "output",
        TokenKind.CacheRead => "cache read",
        TokenKind.CacheWrite5m => "cache write 5m",
        _ => "cache write 1h",
    };

    private static string Off(PriceFinding finding) => finding.OffPercent is { } percent
        ? Math.Abs(percent).ToString("0.0", CultureInfo.InvariantCulture) + (percent < 0 ? " % below" : " % above")
        : "above";
}
