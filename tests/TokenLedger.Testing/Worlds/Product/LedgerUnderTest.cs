using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Worlds.Usage;

namespace TokenLedger.Testing.Worlds.Product;

/// <summary>The real use cases over storage in memory: what the service does by timers and messages.</summary>
public sealed class LedgerUnderTest
{
    private static readonly TimeSpan ReconcilingDelay = TimeSpan.FromSeconds(20);
    private readonly TestClock clock;
    private readonly PollBilling poll;
    private readonly TakeBill take;
    private readonly ReconcileDay reconcile;
    private readonly DayQueue dayQueue;
    private readonly InMemoryWorkQueue queue;
    private readonly InMemoryCheckpoints checkpoints = new();

    /// <param name="world">The world it looks at.</param>
    /// <param name="source">Its provider.</param>
    /// <param name="storage">Its storage.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="tampering">How it is broken.</param>
    public LedgerUnderTest(
        World world, IBillingSource source, ProductStorage storage, TestClock clock, Tampering tampering)
    {
        this.clock = clock;
        Configuration = tampering.Configuration(ConfigurationOf(world.Plan));
        Store = tampering.Store(storage.Store);
        Days = tampering.Days(storage.Days);
        queue = new InMemoryWorkQueue(clock);
        dayQueue = new DayQueue(queue, checkpoints, clock, ReconcilingDelay);
        take = new TakeBill(Store, storage.Archive, world.Prices.Book.Names);
        poll = new PollBilling(
            [tampering.Source(source)], reports: null, Configuration, Store, Days, take, checkpoints, Alerts, dayQueue,
            clock);
        reconcile = new ReconcileDay(Store, Days, world.Prices.Book, Configuration, clock);
        Period = new ReconcilePeriod(Store, Days, world.Prices.Book, Configuration);
    }

    /// <summary>Its configuration.</summary>
    public LedgerConfiguration Configuration { get; }

    /// <summary>Runs and looks.</summary>
    public ILedgerStore Store { get; }

    /// <summary>Reconciled days.</summary>
    public IDayLedger Days { get; }

    /// <summary>What somebody must look at.</summary>
    public InMemoryAlertLog Alerts { get; } = new();

    /// <summary>The use case of a report.</summary>
    public ReconcilePeriod Period { get; }

    /// <summary>The hourly timer.</summary>
    public Task<PollOutcome> PollAsync() => poll.ExecuteAsync(CancellationToken.None);

    /// <summary>Takes a run as the fold over its archive leaves it, and queues its days as the service does.</summary>
    public async Task TakeRunAsync(WorldRun run)
    {
        var stored = await Store.StoreRunAsync(run.FoldedAt(clock.Now), CancellationToken.None);
        foreach (var day in stored?.ChangedDays ?? [])
            await dayQueue.AddAsync(day, CancellationToken.None);
        if (stored is not null)
        {
            await Store.ClearChangedDaysAsync(
                run.Facts.Key.Host, run.Facts.Key.RunId, stored.Revision, CancellationToken.None);
        }
    }

    /// <summary>Takes a bill that somebody imports, and queues its days.</summary>
    public async Task<TakenBill> ImportAsync(string name, ReadOnlyMemory<byte> content, BillHints hints)
    {
        var taken = await take.ExecuteAsync(name, content, hints, clock.Now, CancellationToken.None);
        foreach (var day in taken.Bill.Days.Select(day => day.Day).Distinct())
            await dayQueue.AddAsync(day, CancellationToken.None);
        return taken;
    }

    /// <summary>Handles what waits on the queue. The clock must have passed the delay of the messages.</summary>
    /// <returns>The days that were reconciled.</returns>
    public async Task<IReadOnlyList<DateOnly>> HandleMessagesAsync()
    {
        var handled = new List<DateOnly>();
        while (queue.Take(QueueNames.ReconcileDay) is { } message)
        {
            var day = ((ReconcileDayMessage)message.Message).Day;
            await ReconcileAsync(day);
            queue.Complete(message);
            handled.Add(day);
        }

        return handled;
    }

    /// <summary>Reconciles a day.</summary>
    /// <returns>How many accounts were written.</returns>
    public Task<int> ReconcileAsync(DateOnly day) => reconcile.ExecuteAsync(day, CancellationToken.None);

    private static LedgerConfiguration ConfigurationOf(WorldPlan plan)
    {
        var wallet = plan.Wallet;
        IReadOnlyList<ExclusiveScope> exclusive = plan.IsExclusive ? [new ExclusiveScope()] : [];
        var outer = SourceOf("wallet") with
        {
            Enterprise = wallet.Enterprise,
            Organization = wallet.IsEnterprise ? null : wallet.Organizations[0],
            PaysOrganizations = wallet.IsEnterprise ? wallet.Organizations : [],
            ExclusiveBuckets = exclusive,
        };
        var nested = plan.PollsOrganizationsToo
            ? wallet.Organizations.Select(name => SourceOf(name) with
            {
                Organization = name,
                ExclusiveBuckets = exclusive,
            })
            : [];
        return new LedgerConfiguration { Sources = [outer, .. nested], ReconcilingDelay = ReconcilingDelay };
    }

    private static SourceConfiguration SourceOf(string name) => new()
    {
        Name = name,
        Kind = BillingAccount.GitHub,
        Token = new Secret("world-token"),
    };
}
