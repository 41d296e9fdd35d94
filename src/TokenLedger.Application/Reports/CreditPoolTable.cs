using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>What is used of credit pools.</summary>
internal static class CreditPoolTable
{
    public static Table? Of(ReconciliationDocument document) => document.CreditPools.Count == 0
        ? null
        : new Table(
            "Credit pools, whole cycles (estimated from the bill: no provider tells the balance)",
            [
                new("account", "Account", Priority: 1), new("name", "Pool"), new("start", "From"),
                new("end", "Expires"), new("grantedUsd", "Granted USD", ColumnKind.Usd),
                new("billedThrough", "Billed through", Priority: 2),
                new("billedGrossUsd", "Gross USD", ColumnKind.Usd, 2), new("usedUsd", "Used USD", ColumnKind.Usd),
                new("leftUsd", "Left USD", ColumnKind.Usd),
            ],
            [.. document.CreditPools.Select(pool => (IReadOnlyList<Cell>)
            [
                pool.Account, pool.Name, Text(pool.Start), Text(pool.End), (decimal?)pool.GrantedUsd,
                pool.BilledThrough is { } day ? Text(day) : Cell.Unknown, pool.BilledGrossUsd, pool.UsedUsd,
                pool.LeftUsd,
            ])]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
