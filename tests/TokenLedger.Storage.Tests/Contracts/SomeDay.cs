using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Reconciled days with every column filled and every column that may be unknown.</summary>
internal static class SomeDay
{
    private const int Charges = 2;

    /// <param name="hash">The input hash.</param>
    /// <param name="shares">An even number of shares, split over two charges, and half as many daily costs.</param>
    /// <param name="firstNanoCredits">Told apart by this; the shares count up from it.</param>
    /// <param name="day">The day.</param>
    /// <param name="account">The wallet.</param>
    public static ReconciledDay Of(
        string hash = "h1", int shares = 4, long firstNanoCredits = 1, DateOnly? day = null,
        BillingAccount? account = null)
    {
        var settlement = new DaySettlement(
            account ?? Some.Account, day ?? Some.Day, SettlementStatus.Settled, 3, Some.Time, Some.Time.AddTicks(9))
        {
            Reason = SettlementReason.StillChanging,
        };
        return new ReconciledDay(
            settlement,
            hash,
            Some.Time.AddDays(1).AddTicks(1),
            new DayTotals(0.123456789012345m, firstNanoCredits, 2, 3, -4, 5, 6),
            [
                .. Enumerable.Range(0, shares)
                    .Select(number => Share(number, shares / Charges, firstNanoCredits + number)),
            ],
            [
                new UnallocatedRow("charge-1", UnallocatedReason.OtherUsage, "", firstNanoCredits, 0),
                new UnallocatedRow(
                    "charge-1", UnallocatedReason.RunsWithoutTelemetry, "github.com/8/1,github.com/9/1", -7, null),
                new UnallocatedRow("charge-2", UnallocatedReason.OtherUsage, "", 8, -8),
            ],
            [
                .. Enumerable.Range(0, shares / Charges)
                    .Select(number => Cost(settlement, number, firstNanoCredits + number))
                    .Append(Rest(settlement, firstNanoCredits))
                    .OrderBy(row => row.Key, StringComparer.Ordinal),
            ])
        {
            Change = new DayChange(RevisionKind.Correction, Some.Time.AddTicks(7), "bill of " + hash, "result of " + hash),
        };
    }

    /// <summary>A day that has been seen by nobody: everything that may be unknown is.</summary>
    public static ReconciledDay Unknown(string hash = "h0") => new(
        new DaySettlement(Some.Account, Some.Day, SettlementStatus.Estimated, 0, null, null),
        hash,
        Some.Time,
        new DayTotals(null, null, null, null, null, 0, 0),
        [],
        [],
        [
            new DailyCostRow(
                Some.Account, Some.Day, "ai-usage", null, null, null, Channel.Unknown, null, null, 0, 0, default, 0,
                null, null, null),
        ]);

    public static ShareRow Share(int number, int sharesOfCharge, long nanoCredits) => new(
        "charge-" + (1 + (number / Math.Max(1, sharesOfCharge))),
        // From 9 over 10 to 100 and more: numbers, not texts, are in order.
        new RunKey(RunKey.PublicHost, 9 + (number % Math.Max(1, sharesOfCharge)), 1),
        "acme/api",
        number % 3 == 0 ? null : ".github/workflows/triage.lock.yml",
        Phase.Detection,
        Purpose.SubAgent,
        Channel.Anthropic,
        "claude-sonnet-5",
        number % 2 == 0,
        "priority",
        "long",
        nanoCredits,
        number % 3 == 1 ? null : 0,
        -nanoCredits,
        nanoCredits + 1,
        AllocationMethod.PricedWithinBill,
        Confidence.Exact,
        number % 2 == 0 ? "" : "no-price,unknown-payer");

    private static DailyCostRow Cost(DaySettlement settlement, int number, long nanoCredits) => new(
        settlement.Account, settlement.Day, "ai-usage", "acme/api", ".github/workflows/triage.lock.yml", "Triage",
        Channel.Copilot, "model-" + number, null, 2, 3, new TokenCounts(4, 5, 6, 7, 8, 1), 9, 0.5m + number,
        nanoCredits, number % 2 == 0 ? null : 0);

    private static DailyCostRow Rest(DaySettlement settlement, long nanoCredits) => new(
        settlement.Account, settlement.Day, "ai-usage", null, null, null, Channel.Copilot, null,
        UnallocatedReason.OtherUsage, 0, 0, default, 0, null, nanoCredits, -1);
}
