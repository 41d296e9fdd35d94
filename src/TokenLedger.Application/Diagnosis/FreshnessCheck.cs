using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Diagnosis;

/// <summary>How new each source's bill is, and what the last polls were told.</summary>
public sealed class FreshnessCheck(
    LedgerConfiguration configuration, ILedgerStorage? storage, TimeProvider time) : ICheck
{
    private const string NeverSeen = "TL1071";
    private const string Old = "TL1072";
    private const string Refused = "TL1073";

    // Bills come late, sometimes by a day; by two something is wrong.
    private const int DaysLateMax = 2;

    // Files come by hand.
    private const int DaysOfFilesMax = 10;

    private const int RefusalsMax = 5;

    /// <inheritdoc/>
    public string Name => "Freshness";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        if (storage is null)
            return [CheckResult.Skipped(Name, "bills", "There is no ledger to look into.")];
        var results = new List<CheckResult>();
        foreach (var source in configuration.Sources.DistinctBy(source => source.Account))
            results.Add(await OfSourceAsync(storage.Store, source, cancellation));
        if (results.Count == 0)
            results.Add(CheckResult.Skipped(Name, "bills", "No source is configured."));
        var refusals = await storage.Alerts.ReadAsync(cancellation)
            .Where(alert => alert.IsOpen && string.Equals(alert.Kind, Alert.BillUnreadable, StringComparison.Ordinal))
            .OrderByDescending(alert => alert.LastAt)
            .Take(RefusalsMax)
            .ToListAsync(cancellation);
        results.AddRange(refusals.Select(alert => CheckResult.Warning(
            Name, alert.Subject, Refused, alert.Message,
            "What is said under Billing mends it. The next poll that is answered closes this.")));
        return results;
    }

    private async Task<CheckResult> OfSourceAsync(
        ILedgerStore store, SourceConfiguration source, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var looks = await store.ReadObservationsAsync(
                source.Account, today.AddDays(-(int)PollPolicy.GivenUpAfterDayEnd.TotalDays), null, cancellation)
            .Select(look => (look.Day, look.ObservedAt))
            .ToListAsync(cancellation);
        var fix = source.IsPolled
            ? "Mend what is said under Billing, and see that the service runs: it polls every hour."
            : "Import the newest bill: 'tokenledger import-billing FILE'.";
        if (looks.Count == 0)
        {
            return CheckResult.Warning(
                Name, source.Name, NeverSeen, "No bill of the last two months was ever seen.", fix);
        }

        var newest = looks.Max(look => look.Day);
        var dueDay = DateOnly.FromDateTime((now - PollPolicy.Of(source.Kind).FirstAfterDayEnd).UtcDateTime).AddDays(-1);
        var daysLate = dueDay.DayNumber - newest.DayNumber;
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"Newest billed day {newest:yyyy-MM-dd}, {today.DayNumber - newest.DayNumber} days ago; last looked at "
            + $"{looks.Max(look => look.ObservedAt):yyyy-MM-dd HH:mm} UTC.");
        return daysLate > (source.IsPolled ? DaysLateMax : DaysOfFilesMax)
            ? CheckResult.Warning(Name, source.Name, Old, seen, fix)
            : CheckResult.Ok(Name, source.Name, seen);
    }
}
