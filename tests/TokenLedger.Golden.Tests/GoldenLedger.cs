using System.Text;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Days;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Golden.Tests;

/// <summary>A whole ledger in a folder of its own: runs and bills in, the artifact out.</summary>
internal sealed class GoldenLedger : IAsyncDisposable
{
    public static readonly DateOnly Day = new(2026, 11, 3);

    /// <summary>Late enough for the day to settle and to close.</summary>
    public static readonly DateTimeOffset Now = new(2026, 12, 20, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("golden-").FullName;
    private readonly FolderLogArchive archive;
    private int fileCount;

    public GoldenLedger(PriceBook prices)
    {
        Prices = prices;
        Store = new SqliteLedgerStore(PathOf("ledger.db"));
        archive = new FolderLogArchive(PathOf("archive"), TimeProvider.System);
    }

    public SqliteLedgerStore Store { get; }

    public PriceBook Prices { get; set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string PathOf(string name) => Path.Combine(folder, name);

    public async Task<GoldenLedger> WithAsync(params GoldenRun[] runs)
    {
        foreach (var run in runs)
            await Store.StoreRunAsync(run.Fold(), Token);
        return this;
    }

    /// <summary>Takes a bill as it was read at a time; by default two weeks after the day.</summary>
    public async Task<ImportOutcome> ImportAsync(string bill, DateTimeOffset? observedAt = null)
    {
        var path = PathOf($"bill-{fileCount++}" + (bill[0] == '{' ? ".json" : ".csv"));
        await File.WriteAllTextAsync(path, bill, Encoding.UTF8, Token);
        return await new ImportBills(Store, archive, Prices.Names).ExecuteAsync(
            [path], new BillHints { Organization = "acme" }, observedAt ?? Now.AddDays(-33), null, Token);
    }

    /// <summary>Takes evidence from a folder below the ledger's.</summary>
    public Task<IngestOutcome> IngestAsync(string path) =>
        new IngestEvidence(Store, archive, Prices).ExecuteAsync([path], new IdentityHints(), null, Token);

    /// <summary>The artifact of the organisation's days; by default the one day of the cases.</summary>
    public async Task<ReconciliationDocument> ReconcileAsync(DateOnly? from = null, DateOnly? to = null)
    {
        var period = await new ReconcilePeriod(
            Store, new SqliteDayLedger(PathOf("ledger.db")), Prices, new LedgerConfiguration()).ExecuteAsync(
            new ReconciliationScope(ScopeKind.Organization, "acme"), from ?? Day, to ?? Day.AddDays(1), Now, Token);
        Assert.NotNull(period);
        return BuildArtifact.Execute(period, Now);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
