using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Reports;

/// <summary>
/// What Anthropic counts of each person who used Claude Code: a part of the bill, and never added to it.
/// </summary>
internal static class PersonTable
{
    private const string Tokens = "tokens";
    private const decimal UsdPerCent = 0.01m;

    private static readonly string View = WireNames.Of(BillView.ClaudeCodeUsage);

    /// <summary>The table; null where no person was asked for.</summary>
    public static Table? Of(ReconciliationDocument document)
    {
        var rows = document.Charges
            .Where(charge => string.Equals(charge.View, View, StringComparison.Ordinal))
            .GroupBy(charge => (Person: charge.User ?? charge.ApiKey, charge.Model))
            .Select(group => (
                group.Key,
                Tokens: group.Where(IsTokens).Sum(charge => charge.Quantity ?? 0),
                EstimatedUsd: group
                    .Where(charge => !IsTokens(charge))
                    .Aggregate((decimal?)null, (sum, charge) => (sum ?? 0) + charge.Quantity) * UsdPerCent))
            .OrderByDescending(row => row.EstimatedUsd)
            .ThenBy(row => row.Key.Person, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Model, StringComparer.Ordinal)
            .Select(row => (IReadOnlyList<Cell>)
                [row.Key.Person, row.Key.Model, (long?)decimal.ToInt64(row.Tokens), row.EstimatedUsd])
            .ToList();
        return rows.Count == 0 ? null : new Table(
            "People who used Claude Code, as Anthropic estimates it (a part of its bill, never added to it)",
            [
                new("person", "Person or key"), new("model", "Model"), new("tokens", "Tokens", ColumnKind.Count),
                new("estimatedUsd", "Estimated USD", ColumnKind.Usd),
            ],
            rows);
    }

    private static bool IsTokens(ChargeEntry charge) => string.Equals(charge.Unit, Tokens, StringComparison.Ordinal);
}
