using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Budgets;

/// <summary>Asks providers for the budgets that they keep themselves, and keeps them as last read.</summary>
/// <remarks>An account that refuses keeps what was read of it before.</remarks>
public sealed class FetchProviderBudgets(
    IProviderBudgets provider, IRecords records, LedgerConfiguration configuration, TimeProvider time)
{
    // Of a text that a provider sends.
    private const int TextLengthMax = 1_000;

    /// <summary>Asks for those of every configured account.</summary>
    /// <returns>Why accounts refused, a line each; empty when none did.</returns>
    public async Task<IReadOnlyList<string>> ExecuteAsync(CancellationToken cancellation)
    {
        var refusals = new List<string>();
        foreach (var source in configuration.Sources.Where(provider.Covers).DistinctBy(source => source.Account))
        {
            var (budgets, refusal) = await provider.ReadAsync(source, cancellation);
            if (budgets is null)
                refusals.Add(refusal!.Message);
            else
                await StoreAsync(source.Account, budgets, cancellation);
        }

        return refusals;
    }

    /// <summary>Those last read, by account, then id.</summary>
    public async Task<IReadOnlyList<KnownProviderBudget>> ReadAsync(CancellationToken cancellation) => await records
        .ReadAsync(BudgetTables.ProviderBudgets, null, null, cancellation)
        .Select(stored => Read(stored.Row))
        .ToListAsync(cancellation);

    private async Task StoreAsync(
        BillingAccount account, IReadOnlyList<ProviderBudget> budgets, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var partition = BudgetKeys.Short(account.Key);
        var known = await records.ReadPartitionAsync(BudgetTables.ProviderBudgets, partition, cancellation)
            .ToListAsync(cancellation);
        var rows = budgets.Select(budget => RowOf(partition, account, budget, now)).ToList();
        await records.PutAsync(rows, cancellation);
        var kept = rows.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
        // One that another process has read again in the meantime stays.
        foreach (var gone in known.Where(stored => !kept.Contains(stored.Row.RowKey)))
        {
            await records.RemoveAsync(
                BudgetTables.ProviderBudgets, partition, gone.Row.RowKey, gone.Version, cancellation);
        }
    }

    private static RecordRow RowOf(
        string partition, BillingAccount account, ProviderBudget budget, DateTimeOffset now) =>
        new RecordRow(BudgetTables.ProviderBudgets, partition, BudgetKeys.Short(budget.Id))
            .Set("account", Cut(account.Key))
            .Set("id", Cut(budget.Id))
            .Set("scope", Cut(budget.Scope))
            .Set("entity", Cut(budget.Entity))
            .Set("kind", Cut(budget.Kind))
            .Set("product", Cut(budget.Product))
            .Set("amountusd", budget.AmountUsd)
            .Set("consumedusd", budget.ConsumedUsd)
            .Set("preventsusage", budget.PreventsUsage)
            .Set("alerts", budget.Alerts)
            .Set("readat", now);

    private static KnownProviderBudget Read(RecordRow row) => new(
        row.Text("account")!,
        new ProviderBudget(
            row.Text("id")!, row.Text("scope"), row.Text("entity"), row.Text("kind"), row.Text("product"),
            row.Number("amountusd"), row.Number("consumedusd"), row.Flag("preventsusage"), row.Flag("alerts")),
        row.Time("readat")!.Value);

    private static string? Cut(string? text) => text?.Length > TextLengthMax ? text[..TextLengthMax] : text;
}
