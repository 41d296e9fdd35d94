using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Settlements;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Exporting;

/// <summary>Finds the days of which a report is due.</summary>
internal sealed class DueReports(ILedgerStore store, IDayLedger days, RefusalBook refusals)
{
    /// <summary>The due days of a view, in order.</summary>
    public async Task<List<DateOnly>> FindAsync(
        BillingAccount account, BillView view, DateTimeOffset now, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var oldest = today.AddDays(-(int)PollPolicy.GivenUpAfterDayEnd.TotalDays);
        var seen = await store.ReadObservationsAsync(account, oldest, today, cancellation).ToListAsync(cancellation);
        var used = await days.ReadAsync(account, oldest, today, cancellation)
            .Where(head => head.Totals.Runs > 0)
            .Select(head => head.Settlement.Day)
            .ToHashSetAsync(cancellationToken: cancellation);
        var looks = seen
            .Where(look => look.Filter.Length == 0 && ReportFiles.IsAskedFor(view, look.View))
            .ToLookup(look => look.Day);
        var lags = (await RecordedSettlements.ReadAsync(days, now, cancellation)).LagsOf(account);
        var refused = (await refusals.ReadAsync(account, cancellation))
            .Where(refusal => refusal.View == view && refusal.Day >= oldest)
            .Select(refusal => refusal.Day);
        var first = seen.Select(look => look.Day).Concat(used).Concat(refused).DefaultIfEmpty(today.AddDays(-1)).Min();
        var due = new List<DateOnly>();
        for (var day = first; day < today; day = day.AddDays(1))
        {
            var next = PollSchedule.Next(account, day, [.. looks[day]], used.Contains(day), notBefore: null, now, lags);
            if (next.Kind == PollDecisionKind.Now)
                due.Add(day);
        }

        return due;
    }
}
