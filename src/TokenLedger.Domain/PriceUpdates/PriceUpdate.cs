using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>Tells what a list of present prices changes in a price book from a day on. Pure.</summary>
/// <remarks>
/// 1. Entries meet models of the same channel by the one rule of names (<see cref="ModelNames"/>), never by likeness.
/// 2. What cannot be taken without a guess is refused, model by model.
/// 3. Of a model that changes, the rows in force are closed on the effective day and one row a band begins there
///    (<see cref="UpdatedRows"/>).
/// </remarks>
public static class PriceUpdate
{
    /// <summary>The plan. The order of the list changes nothing.</summary>
    public static PriceUpdatePlan Plan(
        PriceBook book, IReadOnlyList<ListedModel> listed, PriceUpdateRequest request)
    {
        var names = book.Names;
        var entries = listed.ToLookup(entry => (entry.Channel, Model: names.Normalise(entry.Id).Canonical));
        var booked = book.Rows.Select(row => (row.Channel, row.Model)).ToHashSet();
        var asked = request.Models.Select(model => names.Normalise(model).Canonical).ToHashSet(StringComparer.Ordinal);
        var wanted = asked.Count == 0
            ? booked
            : booked.Concat(entries.Select(group => group.Key)).Where(key => asked.Contains(key.Model)).ToHashSet();
        var changes = new List<PriceChange>();
        var refusals = new List<PriceRefusal>();
        var rows = new List<PriceRow>();
        var (unchanged, unlisted) = (0, 0);
        foreach (var key in wanted.OrderBy(key => key.Channel).ThenBy(key => key.Model, StringComparer.Ordinal))
        {
            var own = entries[key].OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
            if (own.Count == 0)
            {
                unlisted++;
                var similar = Similar(key, entries, booked);
                if (similar.Count > 0)
                    refusals.Add(new PriceRefusal(key.Channel, key.Model, PriceRefusalReason.SimilarNameOnly, similar));
                continue;
            }

            var ofModel = ChangesOf(key, own[0], book.RowsOn(key.Channel, key.Model, request.Effective, out _));
            var refused = RefusalOf(own) ?? (ofModel.Count == 0 ? null
                : BandRefusalOf(key, own[0], book, request.Effective)
                ?? (asked.Count == 0 && ofModel.Exists(change => change is { Booked: > 0, Listed: 0 })
                    ? PriceRefusalReason.BecomesFree : null));
            var updated = refused is null && ofModel.Count > 0 ? UpdatedRows.Of(key, own[0], book, request) : [];
            if (refused is null && PriceBookProblems.In(updated).Any())
                refused = PriceRefusalReason.UnsoundRows;
            if (refused is { } reason)
            {
                refusals.Add(new PriceRefusal(key.Channel, key.Model, reason, [.. own.Select(entry => entry.Id)]));
                continue;
            }

            unchanged += ofModel.Count == 0 ? 1 : 0;
            changes.AddRange(ofModel);
            rows.AddRange(updated);
        }

        var found = wanted.Where(key => entries.Contains(key)).Select(key => key.Model)
            .Concat(refusals.Select(refusal => refusal.Model)).ToHashSet(StringComparer.Ordinal);
        refusals.AddRange(asked.Where(model => !found.Contains(model)).Order(StringComparer.Ordinal)
            .Select(model => new PriceRefusal(Channel.Unknown, model, PriceRefusalReason.NotListed, [])));
        return new PriceUpdatePlan(changes, refusals, rows, unchanged, unlisted);
    }

    private static List<PriceChange> ChangesOf(
        (Channel Channel, string Model) key, ListedModel entry, IReadOnlyList<PriceRow> held)
    {
        var isChanged = entry.Bands.Any(band => TokenCounts.Kinds.Any(kind =>
            band.Value[kind] is { } price && price != PriceIn(held, band.Key, kind)));
        // Of a changed model the kinds that the list leaves out become unknown, and are told too.
        return !isChanged ? [] :
        [
            .. entry.Bands.OrderBy(band => band.Key).SelectMany(band => TokenCounts.Kinds
                .Select(kind => new PriceChange(
                    key.Channel, key.Model, band.Key, kind, PriceIn(held, band.Key, kind), band.Value[kind]))
                .Where(change => change.Booked != change.Listed)),
        ];
    }

    private static decimal? PriceIn(IReadOnlyList<PriceRow> held, long band, TokenKind kind) =>
        held.FirstOrDefault(row => row.PromptLengthThresholdTokens == band)?.UsdPerMillionTokens[kind];

    private static PriceRefusalReason? RefusalOf(List<ListedModel> entries)
    {
        if (entries.Exists(entry => entry.Fault is not null))
            return PriceRefusalReason.UnreadableEntry;
        var first = entries[0].Bands;
        if (entries.Exists(entry => entry.Bands.Count != first.Count || entry.Bands.Any(band =>
            !first.TryGetValue(band.Key, out var prices) || prices != band.Value)))
            return PriceRefusalReason.TwoPrices;
        if (first.GetValueOrDefault(0) is not { Input: { } input, Output: { } output } || (input == 0 && output == 0))
            return PriceRefusalReason.NoPrice;
        if (first.Keys.Any(band => !PromptLengthBand.ThresholdsTokens.Contains(band)))
            return PriceRefusalReason.UnknownBand;
        return first.Values.Any(band => TokenCounts.Kinds.Any(kind => band[kind] is null && first[0][kind] is not null))
            ? PriceRefusalReason.IncompleteBand : null;
    }

    // Left in force, a band's old price would stand beside the new default; left out, long prompts would cost as short.
    private static PriceRefusalReason? BandRefusalOf(
        (Channel Channel, string Model) key, ListedModel entry, PriceBook book, DateOnly effective) =>
        book.RowsOn(key.Channel, key.Model, effective, out _)
            .Any(row => !entry.Bands.ContainsKey(row.PromptLengthThresholdTokens))
            ? PriceRefusalReason.UnlistedBand : null;

    // Whatever begins alike, unless it is another model of the book: shown to people, never taken.
    private static List<string> Similar(
        (Channel Channel, string Model) key,
        ILookup<(Channel Channel, string Model), ListedModel> entries,
        HashSet<(Channel, string)> booked) =>
    [
        .. entries
            .Where(group => group.Key.Channel == key.Channel && !booked.Contains(group.Key)
                && (BeginsWith(group.Key.Model, key.Model) || BeginsWith(key.Model, group.Key.Model)))
            .SelectMany(group => group.Select(entry => entry.Id))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static bool BeginsWith(string longer, string shorter) =>
        longer.Length > shorter.Length && longer.StartsWith(shorter, StringComparison.Ordinal)
        && longer[shorter.Length] is '-' or '@' or ':';
}
