using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.PaidPrices;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>The price book, and what bills say of it, as tables.</summary>
public static class PriceTables
{
    // A ratio for people, and for a price that somebody books: providers give four decimals at most.
    private const int PaidDecimals = 6;

    /// <summary>One row of the book a line.</summary>
    /// <param name="rows">The rows, in any order.</param>
    public static Table Book(IReadOnlyList<PriceRow> rows) => new(
        FormattableString.Invariant($"Booked prices, USD per million tokens: {rows.Count} rows"),
        [
            new("channel", "Billed by"), new("model", "Model"), new("validFrom", "From"), new("validTo", "To"),
            new("promptTokensAbove", "Above", ColumnKind.Count), .. KindColumns,
            new("verified", "Verified", Priority: 2), new("asOf", "Read", Priority: 1),
            new("source", "Source", Priority: 3),
        ],
        [
            .. rows
                .OrderBy(row => row.Channel)
                .ThenBy(row => row.Model, StringComparer.Ordinal)
                .ThenBy(row => row.PromptLengthThresholdTokens)
                .ThenBy(row => row.ValidFrom ?? DateOnly.MinValue)
                .Select(row => (IReadOnlyList<Cell>)
                [
                    row.Channel.ToString(), row.Model, Day(row.ValidFrom), Day(row.ValidTo),
                    (long?)row.PromptLengthThresholdTokens,
                    .. TokenCounts.Kinds.Select(kind => (Cell)row.UsdPerMillionTokens[kind]),
                    row.IsVerified ? "yes" : "no", Day(row.AsOf), row.Source,
                ]),
        ],
        Notes: ["To is exclusive. Above: the prompt length in tokens from which a row holds. A dash is unknown."]);

    /// <summary>One finding a line, with what to do about it.</summary>
    /// <param name="findings">The findings in reading order.</param>
    public static Table Findings(IReadOnlyList<PriceFinding> findings) => new(
        findings.Count == 0
            ? "No billed price contradicts the price book"
            : FormattableString.Invariant($"Billed prices beside the price book: {findings.Count} findings"),
        [
            new("finding", "Finding"), new("account", "Account", Priority: 3), new("channel", "Billed by", Priority: 6),
            new("model", "Model"), new("tokenKind", "Kind"), new("contextBand", "Band", Priority: 8),
            new("autoSelected", "Auto", Priority: 9),
            new("bookedUsdPerMillionTokens", "Booked", ColumnKind.UnitPrice),
            new("paidUsdPerMillionTokens", "Paid", ColumnKind.UnitPrice),
            new("offPercent", "Off", ColumnKind.Percent), new("since", "Since"),
            new("through", "Through", Priority: 4), new("days", "Days", ColumnKind.Count, 2),
            new("tokens", "Tokens", ColumnKind.Count, 1), new("billedGrossUsd", "Billed USD", ColumnKind.Usd, 5),
            new("effectUsd", "Effect USD", ColumnKind.Usd), new("bookedFrom", "Booked from", Priority: 7),
            new("bookedTo", "Booked to", Priority: 7), new("bookedSource", "Source", Priority: 10),
            new("next", "Next step", Priority: 11),
        ],
        [.. findings.Select(finding => (IReadOnlyList<Cell>)
        [
            WireNames.Of(finding.Code), finding.Account.Key, finding.Channel.ToString(), finding.Model,
            finding.Kind is { } kind ? KindName(kind) : "all kinds", finding.ContextBand,
            finding.IsAutoSelected ? "yes" : "no", Ratio(finding.BookedUsdPerMillionTokens),
            Ratio(finding.PaidUsdPerMillionTokens), Ratio(finding.OffPercent), Day(finding.Since), Day(finding.Through),
            (long?)finding.Days, (long?)finding.Tokens, finding.BilledGrossUsd, finding.EffectUsd,
            Day(finding.BookedRow?.ValidFrom), Day(finding.BookedRow?.ValidTo), finding.BookedRow?.Source,
            NextStep(finding),
        ])],
        Notes: [.. findings.Select(NextStep).Distinct(StringComparer.Ordinal)]);

    /// <summary>A token kind as configuration and files spell it.</summary>
    public static string KindName(TokenKind kind) => kind switch
    {
        TokenKind.Input => "input",
        TokenKind.Output => "output",
        TokenKind.CacheRead => "cacheRead",
        TokenKind.CacheWrite5m => "cacheWrite5m",
        _ => "cacheWrite1h",
    };

    internal static IReadOnlyList<Column> KindColumns { get; } =
    [
        .. TokenCounts.Kinds.Select(kind => new Column(KindName(kind), KindName(kind) switch
        {
            "input" => "Input",
            "output" => "Output",
            "cacheRead" => "Read",
            "cacheWrite5m" => "Write 5m",
            _ => "Write 1h",
        }, ColumnKind.UnitPrice)),
    ];

    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NextStep(PriceFinding finding) => finding switch
    {
        { Code: PriceFindingCode.UnbookedModel } =>
            "Unbooked: book the price with 'prices update --from LIST --effective DAY --model MODEL', or in a file "
            + "for --prices.",
        { Kind: null } =>
            "All kinds: one sum does not tell which price differs. Compare the provider's price page with 'prices "
            + "--model MODEL'.",
        { IsCountedBeside: true, OffPercent: < 0 } =>
            "Paid less for counted tokens: either the price fell, or tokens were counted that this bill leaves out "
            + "(fast mode).",
        _ =>
            "Contradicted: if the provider's price page agrees with the bill, book it from that day with 'prices "
            + "update'; a contract or a region can differ too.",
    };

    private static decimal? Ratio(decimal? ratio) =>
        ratio is { } known ? decimal.Round(known, PaidDecimals, MidpointRounding.ToEven) : null;
}
