using System.Globalization;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>Tells every change of a day's figures after it had settled, once each.</summary>
internal static class ChangesAfterSettling
{
    private const string Code = "changed-after-settled";

    /// <summary>The changes of accounts in a period, by day, account, then revision.</summary>
    public static async Task<IReadOnlyList<Notice>> ReadAsync(
        IDayLedger days, IReadOnlySet<BillingAccount> accounts, DateOnly from, DateOnly to,
        CancellationToken cancellation)
    {
        var notices = new List<Notice>();
        DayHead? before = null;
        await foreach (var head in days.ReadRevisionsAsync(null, from, to, cancellation))
        {
            if (head.Change.IsAnnounced && before is not null && accounts.Contains(head.Settlement.Account))
                notices.Add(new Notice(Code, TextOf(before, head)));
            before = head;
        }

        return notices;
    }

    private static string TextOf(DayHead before, DayHead head)
    {
        var (account, day) = (head.Settlement.Account, head.Settlement.Day);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{day:yyyy-MM-dd} {account.Key}: settled {head.Change.SettledAt:yyyy-MM-dd HH:mm}, then on "
            + $"{head.ReconciledAt:yyyy-MM-dd HH:mm} {WhatOf(before.Totals, head)}");
    }

    private static string WhatOf(DayTotals before, DayHead head) => head.Change.Kind == RevisionKind.Correction
        ? CorrectionOf(before, head.Totals)
        : $"the same bill was split anew: runs answer for {Credits(head.Totals.AllocatedGrossNanoCredits)} AI credits, "
            + $"before for {Credits(before.AllocatedGrossNanoCredits)}.";

    private static string CorrectionOf(DayTotals before, DayTotals now) =>
        before.BilledGrossNanoCredits != now.BilledGrossNanoCredits
            ? $"the bill was corrected from {Credits(before.BilledGrossNanoCredits)} to "
                + $"{Credits(now.BilledGrossNanoCredits)} AI credits."
        : before.BilledNetNanoCredits != now.BilledNetNanoCredits
            ? $"the bill's net was corrected from {Credits(before.BilledNetNanoCredits)} to "
                + $"{Credits(now.BilledNetNanoCredits)} AI credits."
        : "the bill was corrected in what is no AI usage.";

    private static string Credits(long? nanoCredits) => nanoCredits is { } known
        ? AiCredits.FromNanoCredits(known).ToString("0.###", CultureInfo.InvariantCulture)
        : "an unknown number of";
}
