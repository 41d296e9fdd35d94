using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Cli.Commands;

/// <summary>A limit of <c>--fail-on</c>.</summary>
/// <param name="Name"><c>drift</c>, <c>unallocated</c>, <c>unpriced</c> or <c>unsettled</c>.</param>
/// <param name="Percent">The limit of the first two, in percent; crossed above it.</param>
internal sealed record FailLimit(string Name, decimal Percent)
{
    public static FailLimit Parse(string text)
    {
        var parts = text.Split('=', 2);
        switch (parts)
        {
            case ["unpriced" or "unsettled"]:
                return new FailLimit(text, 0);
            case ["drift" or "unallocated", var number] when decimal.TryParse(
                number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent):
                return new FailLimit(parts[0], percent);
            default:
                throw CommandFailedException.WrongUsage(
                    $"--fail-on: '{text}' is none of drift=N, unallocated=N, unpriced, unsettled.");
        }
    }

    /// <summary>
    /// What crosses the limit; null when nothing does. A drift that is not identifiable crosses nothing.
    /// </summary>
    public string? Crossed(ReconciliationDocument document)
    {
        var totals = document.Totals;
        switch (Name)
        {
            case "drift":
                return totals.DriftPercent is { } drift && Math.Abs(drift) > Percent
                    ? FormattableString.Invariant($"--fail-on drift={Percent}: the drift is {drift} %.")
                    : null;
            case "unallocated":
                var part = totals.BilledAiCredits is null or 0 ? null
                    : totals.UnallocatedAiCredits / totals.BilledAiCredits * 100m;
                return part is not null && Math.Abs(part.Value) > Percent
                    ? FormattableString.Invariant(
                        $"--fail-on unallocated={Percent}: {part:0.0} % of the AI bill is unallocated.")
                    : null;
            case "unpriced":
                // Usage known only by its totals counts no requests, so the models tell and not their number.
                var unpriced = document.Runs
                    .Count(run => run.Models.Any(model => model.EstimatedAiCredits is null));
                return unpriced > 0
                    ? FormattableString.Invariant(
                        $"--fail-on unpriced: {unpriced} runs have usage without a price.")
                    : null;
            default:
                var open = document.Settlement.Count(day => day.Status is not ("settled" or "closed"));
                return open > 0
                    ? FormattableString.Invariant($"--fail-on unsettled: {open} billed days are not settled.") : null;
        }
    }
}
