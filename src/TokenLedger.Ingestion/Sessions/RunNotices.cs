using System.Globalization;
using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>What a reader of a run's figures should know beside them.</summary>
internal static class RunNotices
{
    // Withdrawn over a billing bug, both ends inclusive: gh-aw's release notes, read 2026-10.
    private static readonly (Version First, Version Last) WithdrawnFirewalls = (new(0, 25, 21), new(0, 25, 39));
    private static readonly (Version First, Version Last) WithdrawnCompilers = (new(0, 68, 4), new(0, 71, 3));

    public static IEnumerable<Notice> Of(
        int attempt, IReadOnlyList<UsageSlice> slices, RunReading reading, PriceBook prices)
    {
        foreach (var (file, info) in reading.Infos)
        {
            if (file.Attempt != attempt)
                continue;
            if (IsWithin(info.FirewallVersion, WithdrawnFirewalls))
                yield return new Notice(LedgerRun.WithdrawnFirewall,
                    "The run's firewall is a release that was withdrawn over a billing bug; its figures may be wrong.");
            if (IsWithin(info.CompilerVersion, WithdrawnCompilers))
                yield return new Notice(LedgerRun.WithdrawnCompiler,
                    "The run's gh-aw is of a release that was withdrawn over a billing bug; its figures may be wrong.");
        }

        if (reading.Sessions.Any(session => session.Attempt == attempt && !session.IsComplete))
            yield return new Notice("session-incomplete",
                "A session left no end record; what it reports is a lower bound.");
        foreach (var (file, live) in reading.LivePrices)
        {
            if (file.Attempt == attempt && Differing(live, slices, prices) is { } notice)
                yield return notice;
        }
    }

    private static Notice? Differing(LivePrice live, IReadOnlyList<UsageSlice> slices, PriceBook prices)
    {
        var model = prices.Names.Normalise(live.Model).Canonical;
        foreach (var slice in slices)
        {
            if (slice.Channel != live.Channel || !string.Equals(slice.Model, model, StringComparison.Ordinal)
                || prices.Find(slice.Channel, model, slice.Day, 0, out _) is not { } row)
                continue;
            var book = row.UsdPerMillionTokens;
            if (Differs(live.Input, book.Input) || Differs(live.Output, book.Output)
                || Differs(live.CacheRead, book.CacheRead))
                return new Notice("live-price-differs",
                    $"Per million tokens (input/cached/output), the provider listed {model} during the run at "
                    + Shown(live.Input, live.CacheRead, live.Output) + " and the price book has "
                    + Shown(book.Input, book.CacheRead, book.Output) + ".");
        }

        return null;
    }

    private static string Shown(decimal? input, decimal? cached, decimal? output) =>
        string.Create(CultureInfo.InvariantCulture, $"{input}/{cached}/{output} USD");

    private static bool Differs(decimal? live, decimal? book) => live is not null && book is not null && live != book;

    private static bool IsWithin(string? text, (Version First, Version Last) range) =>
        Version.TryParse(text?.TrimStart('v'), out var version) && version >= range.First && version <= range.Last;
}
