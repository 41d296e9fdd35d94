using System.Globalization;
using System.Text;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Budgets;

/// <summary>
/// Eighteen days of November with a run each that is estimated at 2.1 AI credits; ten of them are billed at 2.31 and
/// final, the last of them is the eighteenth. It is the twentieth.
/// </summary>
internal sealed class BudgetWorld : IAsyncDisposable
{
    public const long RunNano = 2_310_000_000;
    public const int Days = 18;
    public const int BilledDays = 10;
    public static readonly DateOnly First = new(2026, 11, 1);
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);

    private const string Header =
        "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,"
        + "gross_amount,discount_amount,net_amount,organization,repository,cost_center_name\n";

    public Workplace Place { get; } = new();

    public static Budget Budget { get; } =
        new() { Name = "Acme", Period = BudgetPeriodKind.Month, LimitNanoCredits = 100_000_000_000 };

    public static DateOnly Day(int number) => First.AddDays(number - 1);

    public static async Task<BudgetWorld> StartAsync(params Budget[] budgets)
    {
        var world = new BudgetWorld();
        world.Place.Configuration = ConfigurationOf(budgets.Length == 0 ? [Budget] : budgets);
        for (var day = 1; day <= Days; day++)
            await world.AddRunAsync(100 + day, Day(day), 10_000);
        world.Place.Clock.Now = Now.AddDays(-2);
        await world.BillAsync("first", BilledDays, 2.31m);
        world.Place.Clock.Now = Now;
        await world.BillAsync("second", BilledDays, 2.31m);
        await world.ReconcileAsync([.. Enumerable.Range(1, Days).Select(Day)]);
        return world;
    }

    public static LedgerConfiguration ConfigurationOf(params Budget[] budgets) => new()
    {
        Budgets = budgets,
        Sources = [new SourceConfiguration
        {
            Name = "acme", Kind = "github", Organization = "acme", ExclusiveBuckets = [new ExclusiveScope()],
        }],
    };

    public async Task AddRunAsync(long id, DateOnly day, int tokens)
    {
        var run = new RunIdentity("github.com", "acme", "web", id, 1);
        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Place.AddAsync(run, "agent", "aw_info.json", OnDay(Workplace.Info(run)));
        await Place.AddAsync(run, "agent", "token-usage.jsonl", OnDay(Workplace.Usage(run, 0, tokens)));
        await Place.UpdateRun.ExecuteAsync(run, Workplace.Token);

        string OnDay(string line) => line.Replace("2026-11-03", text, StringComparison.Ordinal);
    }

    public async Task BillAsync(string note, int days, decimal credits)
    {
        var bill = new StringBuilder(Header);
        for (var day = 1; day <= days; day++)
        {
            bill.Append(CultureInfo.InvariantCulture, $"{Day(day):yyyy-MM-dd},,copilot,copilot_ai_credit,")
                .Append(CultureInfo.InvariantCulture, $"Claude Sonnet 5,{credits},ai-credits,0.01,{credits / 100},0,")
                .Append(CultureInfo.InvariantCulture, $"{credits / 100},acme,,\n");
        }

        // Another file of the same money is another look at it.
        await Place.ImportAsync(bill + new string('\n', note.Length), new BillHints { Organization = "acme" });
    }

    public async Task ReconcileAsync(params DateOnly[] days)
    {
        foreach (var day in days)
            await Place.ReconcileDay.ExecuteAsync(day, Workplace.Token);
    }

    public Task EvaluateAsync(params DateOnly[] days) => Place.EvaluateBudgets.ExecuteAsync(days, Workplace.Token);

    public Task<BudgetStatus?> StatusAsync(Budget? budget = null, DateTimeOffset? at = null) =>
        new BudgetStatuses(Place.Records).FindAsync(budget ?? Budget, at ?? Place.Clock.Now, Workplace.Token);

    /// <summary>Every row of the tables as text, without versions.</summary>
    public Task<string> RowsAsync() => RowsAsync(Place.Records, stored => "");

    /// <summary>Every row of the tables with its version: any write changes it.</summary>
    public Task<string> VersionsAsync() => RowsAsync(Place.Records, stored => stored.Version);

    public async ValueTask DisposeAsync() => await Place.DisposeAsync();

    private static async Task<string> RowsAsync(IRecords records, Func<StoredRecord, string> more)
    {
        var text = new StringBuilder();
        foreach (var table in RecordTables.All)
        {
            await foreach (var stored in records.ReadAsync(table, null, null, Workplace.Token))
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"{table.Name} {stored.Row.PartitionKey} {stored.Row.RowKey} {more(stored)}");
                foreach (var column in table.Columns)
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {column.Name} {stored.Row[column.Name]}");
            }
        }

        return text.ToString();
    }
}
