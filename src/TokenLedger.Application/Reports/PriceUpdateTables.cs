using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.PriceUpdates;

namespace TokenLedger.Application.Reports;

/// <summary>What a list of prices would change in the price book, as tables.</summary>
public static class PriceUpdateTables
{
    /// <summary>The tables in reading order.</summary>
    public static IReadOnlyList<Table> Of(PriceUpdatePlan plan, DateOnly effective) =>
        plan.Refusals.Count == 0 ? [Changes(plan, effective)] : [Changes(plan, effective), Refusals(plan)];

    /// <summary>Changes and refusals in one table, for programs.</summary>
    public static Table All(PriceUpdatePlan plan, DateOnly effective) => new(
        "Price update",
        [
            new("outcome", "Outcome"), new("channel", "Billed by"), new("model", "Model"),
            new("promptTokensAbove", "Above", ColumnKind.Count), new("tokenKind", "Kind"),
            new("bookedUsdPerMillionTokens", "Booked", ColumnKind.UnitPrice),
            new("listedUsdPerMillionTokens", "Listed", ColumnKind.UnitPrice), new("effective", "From"),
            new("reason", "Reason"), new("entries", "Entries"),
        ],
        [
            .. plan.Changes.Select(change => (IReadOnlyList<Cell>)
            [
                "change", change.Channel.ToString(), change.Model, (long?)change.PromptLengthThresholdTokens,
                PriceTables.KindName(change.Kind), change.Booked, change.Listed, PriceTables.Day(effective),
                Cell.Unknown, Cell.Unknown,
            ]),
            .. plan.Refusals.Select(refusal => (IReadOnlyList<Cell>)
            [
                "refused", refusal.Channel.ToString(), refusal.Model, Cell.Unknown, Cell.Unknown, Cell.Unknown,
                Cell.Unknown, Cell.Unknown, WireNames.Of(refusal.Reason), Entries(refusal),
            ]),
        ]);

    private static Table Changes(PriceUpdatePlan plan, DateOnly effective)
    {
        var models = plan.Changes.Select(change => (change.Channel, change.Model)).Distinct().Count();
        var notes = new List<string>
        {
            FormattableString.Invariant(
                $"Models as booked: {plan.UnchangedModels}; of the book and not in the list: {plan.UnlistedModels}."),
        };
        if (plan.Changes.Any(change => change.Listed is null))
        {
            notes.Add(
                "A dash under Listed: the list does not say it, and the old price belongs to the old prices, so it is "
                + "unknown from then on. Add it to the file by hand.");
        }

        return new Table(
            FormattableString.Invariant(
                $"From {effective:yyyy-MM-dd}, USD per million tokens: {plan.Changes.Count} prices of {models} models"),
            [
                new("channel", "Billed by"), new("model", "Model"),
                new("promptTokensAbove", "Above", ColumnKind.Count), new("tokenKind", "Kind"),
                new("booked", "Booked", ColumnKind.UnitPrice), new("listed", "Listed", ColumnKind.UnitPrice),
            ],
            [.. plan.Changes.Select(change => (IReadOnlyList<Cell>)
            [
                change.Channel.ToString(), change.Model, (long?)change.PromptLengthThresholdTokens,
                PriceTables.KindName(change.Kind), change.Booked, change.Listed,
            ])],
            Notes: notes);
    }

    private static Table Refusals(PriceUpdatePlan plan) => new(
        FormattableString.Invariant($"Refused: {plan.Refusals.Count} models keep their booked prices"),
        [
            new("channel", "Billed by"), new("model", "Model"), new("reason", "Reason"),
            new("entries", "Entries of the list"),
        ],
        [.. plan.Refusals.Select(refusal => (IReadOnlyList<Cell>)
        [
            refusal.Channel.ToString(), refusal.Model, ReasonText(refusal.Reason), Entries(refusal),
        ])]);

    private static string ReasonText(PriceRefusalReason reason) => reason switch
    {
        PriceRefusalReason.SimilarNameOnly => "only similar names: book it by hand, or list an alias",
        PriceRefusalReason.TwoPrices => "one name, two prices: keep one entry",
        PriceRefusalReason.UnreadableEntry => "a figure cannot be read",
        PriceRefusalReason.NoPrice => "no price of input or output, or 0 for both",
        PriceRefusalReason.UnlistedBand => "the list lacks the price of long prompts: book both by hand",
        PriceRefusalReason.IncompleteBand => "the list lacks a kind of long prompts: book it by hand",
        PriceRefusalReason.BecomesFree => "a price would become 0: name the model with --model if that is so",
        PriceRefusalReason.UnknownBand => "prompts are not told apart at that length",
        PriceRefusalReason.NotListed => "not in the list",
        _ => "the rows would contradict each other",
    };

    private static string? Entries(PriceRefusal refusal)
    {
        const int most = 5;
        var shown = string.Join(", ", refusal.Ids.Take(most));
        return refusal.Ids.Count switch
        {
            0 => null,
            > most => FormattableString.Invariant($"{shown} and {refusal.Ids.Count - most} more"),
            _ => shown,
        };
    }
}
