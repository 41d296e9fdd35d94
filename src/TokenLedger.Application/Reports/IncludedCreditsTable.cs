using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>What months have used of the AI credits that are included.</summary>
internal static class IncludedCreditsTable
{
    public static Table? Of(ReconciliationDocument document) => document.IncludedCredits.Count == 0
        ? null
        : new Table(
            "Included AI credits, whole months",
            [
                new("month", "Month"), new("account", "Account"), new("costCenter", "Cost centre", Priority: 2),
                new("poolAiCredits", "Pool", ColumnKind.AiCredits),
                new("billedAiCredits", "Billed gross", ColumnKind.AiCredits),
                new("includedAiCredits", "Taken off", ColumnKind.AiCredits),
                new("leftAiCredits", "Left", ColumnKind.AiCredits), new("billedNetUsd", "Net USD", ColumnKind.Usd),
            ],
            [.. document.IncludedCredits.Select(month => (IReadOnlyList<Cell>)
            [
                month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), month.Account, month.CostCenter,
                month.PoolAiCredits, month.BilledAiCredits, month.IncludedAiCredits, month.LeftAiCredits,
                month.BilledNetUsd,
            ])]);
}
