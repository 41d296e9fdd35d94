using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.Anthropic;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.Http;
using TokenLedger.Providers.OpenAI;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.ThreeBills;

/// <summary>The product with three sources, polled by its timer and reconciled by its messages.</summary>
internal sealed class LedgerOfThree : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(20);

    private readonly TestClock clock = new(new DateTimeOffset(MonthOfThree.FirstDay, new TimeOnly(1, 7), TimeSpan.Zero));
    private readonly InMemoryLedgerStore store = new();
    private readonly InMemoryWorkQueue queue;
    private readonly DayQueue days;
    private readonly AnthropicConnection anthropic;
    private readonly OpenAIConnection openAI;
    private readonly GitHubConnection github;
    private readonly PollBilling poll;
    private readonly ReconcileDay reconcile;

    public LedgerOfThree(ThreeProviders providers)
    {
        queue = new InMemoryWorkQueue(clock);
        var checkpoints = new InMemoryCheckpoints();
        days = new DayQueue(queue, checkpoints, clock, Delay);
        var options = new CostReportOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        anthropic = new AnthropicConnection(clock, options);
        openAI = new OpenAIConnection(clock, options);
        github = new GitHubConnection(clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });
        Configuration = ConfigurationOf(providers);
        poll = new PollBilling(
            [
                .. GitHubBillingSource.OfAllViews(github), new AnthropicBillingSource(anthropic),
                new AnthropicUsageSource(anthropic), new OpenAIBillingSource(openAI), new OpenAIUsageSource(openAI),
            ],
            reports: null, Configuration, store, Days,
            new TakeBill(store, new InMemoryBillArchive(), Prices.Names), checkpoints, new InMemoryAlertLog(), days,
            clock);
        reconcile = new ReconcileDay(store, Days, Prices, Configuration, clock);
    }

    public static PriceBook Prices { get; } = PriceBookReader.Shipped();

    public LedgerConfiguration Configuration { get; }

    public InMemoryDayLedger Days { get; } = new();

    public ILedgerStore Store => store;

    public DateTimeOffset Now
    {
        get => clock.Now;
        set => clock.Now = value;
    }

    public void Dispose()
    {
        anthropic.Dispose();
        openAI.Dispose();
        github.Dispose();
    }

    /// <summary>Takes a run as its log tells it.</summary>
    public async Task TakeAsync(TrueUse use, CancellationToken cancellation)
    {
        var repository = "acme/" + use.Channel.ToString();
        var facts = new RunFacts(new RunKey(RunKey.PublicHost, use.RunId!.Value, 1), "acme", repository)
        {
            WorkflowPath = ".github/workflows/agent.lock.yml",
            Payer = use.Channel == Channel.Copilot ? Payer.Organization : Payer.Key,
            StartedAt = new DateTimeOffset(use.Day, new TimeOnly(9, 0), TimeSpan.Zero),
            Collection = use.IsLogged ? CollectionState.Collected : CollectionState.NoTelemetry,
        };
        IReadOnlyList<UsageSlice> slices = !use.IsLogged ? [] :
        [
            new UsageSlice(
                facts.Key, use.Day, Phase.Agent, Purpose.Main, use.Channel, use.Model, false, UsageSlice.StandardTier,
                0, UsageEvidence.ProxyRecords, 10, 1_000, use.Logged),
        ];
        await store.StoreRunAsync(
            new FoldedRun(
                facts.Key.Host, facts.Key.RunId, facts.Key.ToString(), [new LedgerRun(facts, slices, new RunReport(), [])],
                new LineCounts(1, 0, 0, 0), []),
            cancellation);
        await days.AddAsync(use.Day, cancellation);
    }

    /// <summary>The hourly timer, and the messages after it.</summary>
    public async Task PollAsync(CancellationToken cancellation)
    {
        await poll.ExecuteAsync(cancellation);
        clock.Now += Delay + Delay;
        while (queue.Take(QueueNames.ReconcileDay) is { } message)
        {
            await reconcile.ExecuteAsync(((ReconcileDayMessage)message.Message).Day, cancellation);
            queue.Complete(message);
        }
    }

    /// <summary>The month as <c>reconcile</c> tells it.</summary>
    public async Task<PeriodReconciliation> ReconcileAsync(CancellationToken cancellation) =>
        await new ReconcilePeriod(store, Days, Prices, Configuration).ExecuteAsync(
            ReconciliationScope.WholeLedger, MonthOfThree.FirstDay, MonthOfThree.EndDay, Now, cancellation)
        ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Nothing at {Now}."));

    private static LedgerConfiguration ConfigurationOf(ThreeProviders providers) => new()
    {
        ReconcilingDelay = Delay,
        Sources =
        [
            new SourceConfiguration
            {
                Name = "copilot", Kind = BillingAccount.GitHub, Organization = ThreeProviders.Organization,
                ApiUrl = providers.GitHub.Url, Token = new Secret(providers.GitHub.Token),
                PaysRepositories = ["acme/copilot"], ExclusiveBuckets = [new ExclusiveScope()],
            },
            new SourceConfiguration
            {
                Name = "claude", Kind = BillingAccount.Anthropic, ApiUrl = providers.Anthropic.Url,
                Token = new Secret(providers.Anthropic.Key), PaysRepositories = ["acme/anthropic"],
                Buckets = [new ExclusiveScope { Workspace = ThreeProviders.AgentsWorkspace }],
                ExclusiveBuckets = [new ExclusiveScope { Workspace = ThreeProviders.AgentsWorkspace }],
            },
            new SourceConfiguration
            {
                Name = "codex", Kind = BillingAccount.OpenAI, ApiUrl = providers.OpenAI.Url,
                Token = new Secret(providers.OpenAI.Key), PaysRepositories = ["acme/openai"],
                Buckets = [new ExclusiveScope { Project = ThreeProviders.AgentsProject }],
                ExclusiveBuckets = [new ExclusiveScope { Project = ThreeProviders.AgentsProject }],
            },
        ],
    };
}
