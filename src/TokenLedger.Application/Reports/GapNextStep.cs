using System.Globalization;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>What somebody can do about an amount of a gap, in words.</summary>
internal static class GapNextStep
{
    // Enough to begin with; the column beside it says how many there are.
    private const int RunsShown = 3;

    public static string Of(GapAmount amount, IReadOnlyList<GapCell> cells) => amount.Cause switch
    {
        GapCause.NoBillSource => $"configure a source for the bill, or import it: {Channels(amount, cells)}",
        GapCause.NoBillYet => "wait for the bill: 'tokenledger settlement' tells when it is looked at next",
        GapCause.BillNotSettled => "wait until the days have settled: 'tokenledger settlement'",
        GapCause.BillUnreachable => "mend what refused the bill ('tokenledger doctor'), or import it",
        GapCause.RunsWithoutTelemetry => $"install telemetry, or upload the logs: {Runs(amount)}",
        GapCause.CacheWritesMissing =>
            $"cache writes are missing from the proxy's log: upgrade it, or upload session logs: {Runs(amount)}",
        GapCause.CountedAsAnotherKind =>
            "the log counts prompt tokens as another kind: upgrade the proxy, or upload session logs",
        GapCause.TokensMissing =>
            "upload session logs of the runs; if others use the bucket, declare it exclusive no more",
        GapCause.MoreThanBilled =>
            "look for requests that were logged twice or refused, and for runs that somebody else pays for",
        GapCause.UnitPrice => $"book the price that is billed, in a price file (--prices): {Models(amount, cells)}",
        GapCause.UnpricedUsage when amount.Part == GapPart.Price =>
            $"book a price, in a price file (--prices): {Models(amount, cells)}",
        GapCause.UnpricedUsage =>
            $"book a price first, in a price file (--prices): {Models(amount, cells)}",
        GapCause.NoRunMatches => "nothing if it is people's; else collect the workflows that spend it",
        GapCause.NoBilledTokens =>
            "declare the bucket exclusive if it is, or use the report with tokens (reports/ai_credit)",
        GapCause.NoBilledTokensInExclusiveBucket => "use the report with tokens (reports/ai_credit)",
        GapCause.RunsOrOtherUsage => $"install telemetry, or upload the logs: {Runs(amount)}",
        GapCause.CacheWritesOrOtherUsage => $"upload session logs: {Runs(amount)}",
        GapCause.SeveralModels => "use a view that names the model",
        GapCause.UsageNotBilled => $"check which account pays ('Pays' of its source): {Runs(amount)}",
        GapCause.NoKnownRun => "collect the runs of the bucket, or declare it exclusive no more",
        _ => "nothing",
    };

    private static string Runs(GapAmount amount)
    {
        var named = string.Join(", ", amount.Runs.Take(RunsShown).Select(run =>
            run.RunId.ToString(CultureInfo.InvariantCulture)));
        var more = amount.Runs.Count > RunsShown ? ", …" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{amount.Runs.Count} run{(amount.Runs.Count == 1 ? "" : "s")} ({named}{more})");
    }

    private static string Channels(GapAmount amount, IReadOnlyList<GapCell> cells) => string.Join(
        ", ", Concerned(amount, cells).Select(model => model.Channel).Distinct().Order());

    private static string Models(GapAmount amount, IReadOnlyList<GapCell> cells)
    {
        var models = Concerned(amount, cells)
            .Select(model => $"{model.Channel} {model.Name}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return models.Count == 0 ? "several models" : string.Join(", ", models);
    }

    private static IEnumerable<(Channel Channel, string Name)> Concerned(
        GapAmount amount, IReadOnlyList<GapCell> cells) => cells
        .Where(cell => cell.Amounts.Any(own => own.Part == amount.Part && own.Cause == amount.Cause))
        .Select(cell => cell.Model)
        .OfType<(Channel, string)>();
}
