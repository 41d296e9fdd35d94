using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Polling;

/// <summary>A ledger on disk, a clock, and a provider to poll.</summary>
internal sealed class PollWorld : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-poll-");
    private readonly StoppedClock clock = new(new DateTimeOffset(2026, 11, 19, 7, 0, 0, TimeSpan.Zero));
    private readonly SqliteLedgerStore store;

    public PollWorld()
    {
        store = new SqliteLedgerStore(Path.Combine(folder.FullName, "ledger.db"));
        Marks = new MemoryMarks(Steps);
        Bills = new ScriptedBills(clock);
        Providers = [Bills];
        Sources = [SourceOf("acme")];
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public DateTimeOffset Now
    {
        get => clock.Now;
        set => clock.Now = value;
    }

    public StoppedClock Clock => clock;

    public string Folder => folder.FullName;

    public Steps Steps { get; } = new();

    public MemoryMarks Marks { get; }

    public UsedDays Used { get; } = new();

    public ScriptedBills Bills { get; }

    public List<IBillingSource> Providers { get; set; }

    public IReportSource? Reports { get; set; }

    public List<SourceConfiguration> Sources { get; set; }

    public static SourceConfiguration SourceOf(string organization) => new()
    {
        Name = organization,
        Kind = "github",
        Organization = organization,
        Token = new Secret("ghp_scripted"),
    };

    public static BillingAccount AccountOf(string organization) => SourceOf(organization).Account;

    public void Use(string organization, DateOnly day) => Used.Days.Add((AccountOf(organization), day));

    /// <summary>One poll by a process of its own.</summary>
    public Task<PollOutcome> PollAsync()
    {
        var ledger = new KillableLedger(store, new FolderLogArchive(Path.Combine(Folder, "files"), clock), Steps);
        var poll = new PollBilling(
            Providers, Reports, new LedgerConfiguration { Sources = Sources }, ledger, Used,
            new TakeBill(ledger, ledger, PriceBookReader.Shipped().Names), Marks, Marks,
            new DayQueue(Marks, Marks, clock, TimeSpan.FromSeconds(20)), clock);
        return poll.ExecuteAsync(Token);
    }

    /// <summary>What the polled bills say of a period.</summary>
    public Task<PeriodReconciliation?> ReconcileAsync(ReconciliationScope scope, DateOnly from, DateOnly to) =>
        new ReconcilePeriod(
            store, new InMemoryDayLedger(), PriceBookReader.Shipped(), new LedgerConfiguration { Sources = Sources })
            .ExecuteAsync(scope, from, to, Now, Token);

    public ValueTask<List<Observation>> LooksAsync(string organization) => LooksAsync(AccountOf(organization));

    public ValueTask<List<Observation>> LooksAsync(BillingAccount account) =>
        store.ReadObservationsAsync(account, null, null, Token).ToListAsync(Token);

    public async Task<SettlementStatus> StatusAsync(string organization, DateOnly day, bool hasUsage) =>
        SettlementClassifier.Classify(
            AccountOf(organization), day,
            (await LooksAsync(organization)).Where(look => look.Day == day), hasUsage, Now).Status;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
