using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Application.Budgets;

/// <summary>The decisions to raise limits.</summary>
public sealed class BudgetOverrides(IRecords records)
{
    /// <summary>The longest reason.</summary>
    public const int ReasonLengthMax = 500;

    /// <summary>The longest author.</summary>
    public const int AuthorLengthMax = 100;

    /// <summary>Overrides that one budget may have.</summary>
    public const int PerBudgetMax = 1_000;

    private const int IdLength = 12;

    /// <summary>The id of a decision: what it says, so that the same one written twice is one.</summary>
    public static string IdOf(
        string budgetName, long nanoCredits, string reason, string author, DateOnly from, DateOnly to) =>
        BudgetKeys.Hash([budgetName.ToLowerInvariant(), nanoCredits, reason, author, from, to])[..IdLength];

    /// <summary>Writes a decision down; one that says the same is there already.</summary>
    /// <returns>It as it stands in the ledger; null when the budget has too many.</returns>
    public async Task<BudgetOverride?> AddAsync(BudgetOverride raise, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(raise);
        var known = await ReadAsync(raise.BudgetName, cancellation);
        if (known.FirstOrDefault(other => IsOf(other, raise.Id)) is { } same)
            return same;
        if (known.Count >= PerBudgetMax)
            return null;
        // Whoever writes the same at the same time writes the same row.
        await records.ReplaceAsync(RowOf(raise), version: null, cancellation);
        return (await ReadAsync(raise.BudgetName, cancellation)).FirstOrDefault(other => IsOf(other, raise.Id));
    }

    /// <summary>The overrides of a budget by first day, or of every budget by name.</summary>
    public async Task<IReadOnlyList<BudgetOverride>> ReadAsync(string? budgetName, CancellationToken cancellation)
    {
        var rows = budgetName is null
            ? records.ReadAsync(BudgetTables.Overrides, null, null, cancellation)
            : records.ReadPartitionAsync(BudgetTables.Overrides, budgetName.ToLowerInvariant(), cancellation);
        return await rows.Select(stored => Read(stored.Row)).ToListAsync(cancellation);
    }

    /// <summary>Takes a decision back.</summary>
    /// <returns>It; null when there is none of that id.</returns>
    public async Task<BudgetOverride?> RemoveAsync(string id, CancellationToken cancellation)
    {
        var found = await records.ReadAsync(BudgetTables.Overrides, null, null, cancellation)
            .FirstOrDefaultAsync(stored => IsOf(Read(stored.Row), id), cancellation);
        if (found is null)
            return null;
        await records.RemoveAsync(
            BudgetTables.Overrides, found.Row.PartitionKey, found.Row.RowKey, found.Version, cancellation);
        return Read(found.Row);
    }

    private static bool IsOf(BudgetOverride raise, string id) =>
        string.Equals(raise.Id, id, StringComparison.OrdinalIgnoreCase);

    private static RecordRow RowOf(BudgetOverride raise) => new RecordRow(
        BudgetTables.Overrides, raise.BudgetName.ToLowerInvariant(),
        $"{BudgetKeys.Day(raise.From)}|{BudgetKeys.Day(raise.To)}|{raise.Id}")
        .Set("id", raise.Id)
        .Set("budget", raise.BudgetName)
        .Set("amount", raise.NanoCredits)
        .Set("reason", raise.Reason)
        .Set("author", raise.Author)
        .Set("firstday", raise.From)
        .Set("endday", raise.To)
        .Set("createdat", raise.CreatedAt);

    private static BudgetOverride Read(RecordRow row) => new()
    {
        Id = row.Text("id")!,
        BudgetName = row.Text("budget")!,
        NanoCredits = row.Integer("amount")!.Value,
        Reason = row.Text("reason")!,
        Author = row.Text("author")!,
        From = row.Day("firstday")!.Value,
        To = row.Day("endday")!.Value,
        CreatedAt = row.Time("createdat")!.Value,
    };
}
