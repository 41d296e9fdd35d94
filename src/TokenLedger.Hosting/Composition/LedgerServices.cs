using TokenLedger.Application.Alerts;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Exporting;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Headroom;
using TokenLedger.Application.Health;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Runs;
using TokenLedger.Application.Sweeping;
using TokenLedger.Application.Watching;
using TokenLedger.Application.Webhooks;
using TokenLedger.Domain.Pricing;
using TokenLedger.Hosting.Alerting;
using TokenLedger.Hosting.Workers;

namespace TokenLedger.Hosting.Composition;

/// <summary>The use cases, put together over one storage. Safe for any number of calls at once.</summary>
public sealed class LedgerServices
{
    /// <param name="storage">The storage; disposed by whoever made it.</param>
    /// <param name="configuration">What the user configured.</param>
    /// <param name="prices">The price book.</param>
    /// <param name="sources">Who can be asked for runs and bills; disposed by whoever made them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">
    /// Told alerts of channels of the kind <c>log</c>, one line at a time and from any thread; null for standard error.
    /// </param>
    /// <param name="evaluateBudgets">Who evaluates budgets; null for the use case itself.</param>
    /// <param name="linksRuns">
    /// Whether what a run worked on is linked as soon as it is folded; else when metrics are read. It reads the run's
    /// files once more.
    /// </param>
    public LedgerServices(
        ILedgerStorage storage,
        LedgerConfiguration configuration,
        PriceBook prices,
        ProviderSources sources,
        TimeProvider time,
        Action<string>? log = null,
        IEvaluateBudgets? evaluateBudgets = null,
        bool linksRuns = true)
    {
        Storage = storage;
        var days = new DayQueue(storage.Queue, storage.Checkpoints, time, configuration.ReconcilingDelay);
        UpdateRun = new UpdateRun(
            storage.Store, new FoldRun(storage.Store, storage.Archive, prices), days, time,
            linksRuns ? new LinkRun(storage.Store, storage.Archive, storage.Records) : null);
        var record = new RecordFinishedRun(storage.Store, storage.Archive, storage.Queue, configuration);
        ReceiveWorkflowRun = new ReceiveWorkflowRun(record, storage.Deliveries, time);
        ReceiveOutcomeEvent = new ReceiveOutcomeEvent(
            storage.OutcomeArchive, storage.Records, storage.Deliveries, time);
        SweepMissedRuns = new SweepMissedRuns(
            sources.Runs, sources.Deliveries, storage.Store, record, storage.Checkpoints, storage.Alerts,
            configuration, time);
        ReconcileDay = new ReconcileDay(storage.Store, storage.Days, prices, configuration, time);
        ReconcilePeriod = new ReconcilePeriod(storage.Store, storage.Days, prices, configuration);
        var take = new TakeBill(storage.Store, storage.Archive, prices.Names);
        PollBilling = new PollBilling(
            sources.Bills, sources.Reports, configuration, storage.Store, storage.Days, take, storage.Checkpoints,
            storage.Alerts, days, time);
        ExportReports = new ExportReports(sources.Reports, configuration, storage, take, days, time);
        var misplaced = new MisplacedUploadAlerts(storage.Alerts, time);
        var refusals = new CollectionAlerts(storage.Alerts, time);
        CollectRun = new CollectRun(
            sources.Runs, storage.Archive, storage.Store, storage.Queue, UpdateRun, misplaced, refusals, configuration,
            time);
        CollectPeriod = new CollectPeriod(
            sources.Runs, CollectRun, record, storage.Store, storage.Archive, refusals, configuration, time);
        var channels = AlertChannels.Of(
            configuration.Alerts, sources, log ?? TextWriter.Synchronized(Console.Error).WriteLine);
        SendAlerts = new SendAlerts(storage.Records, channels, configuration.Alerts, storage.Alerts, time);
        TellAlerts = new TellAlerts(storage.Records, channels, configuration.Alerts, SendAlerts, time);
        BudgetWork = new BudgetWork(
            new DayQueue(
                storage.Queue, storage.Checkpoints, time, BudgetWork.Delay,
                static day => new EvaluateBudgetsMessage(day)),
            () => WatchSpend.IsNeeded(configuration),
            evaluateBudgets ?? new WatchSpend(
                new EvaluateBudgets(storage.Store, storage.Days, storage.Records, prices, configuration, time),
                new ReleaseReservations(storage.Records, storage.Store, configuration.Budgets, time),
                new FindPatterns(
                    storage.Store, storage.Days, storage.Archive, storage.Records, prices, configuration, time),
                TellAlerts, configuration));
        Messages = new MessageHandler(
            CollectRun, new TakeUploadedLog(UpdateRun, misplaced), ReconcileDay, BudgetWork, ExportReports,
            new FailedMessages(storage.Alerts, time));
        PoisonAlerts = new PoisonAlerts(storage.QueueDepths, storage.Alerts, time);
        ReadRun = new ReadRun(storage.Store, storage.Days, prices, configuration);
        Explain = new Explain(storage.Store, storage.Days, prices, configuration);
        Headroom = new HeadroomGate(
            new BudgetStatuses(storage.Records), storage.Records, configuration.Budgets, time);
        Health = new ServiceHealth(storage.QueueDepths, storage.Checkpoints, storage.Alerts, time);
    }

    /// <summary>The storage.</summary>
    public ILedgerStorage Storage { get; }

    /// <summary>Folds a run.</summary>
    public UpdateRun UpdateRun { get; }

    /// <summary>Collects a run's artifacts.</summary>
    public CollectRun CollectRun { get; }

    /// <summary>Collects the runs of a period.</summary>
    public CollectPeriod CollectPeriod { get; }

    /// <summary>Finds what the webhook did not tell.</summary>
    public SweepMissedRuns SweepMissedRuns { get; }

    /// <summary>Takes a webhook delivery.</summary>
    public ReceiveWorkflowRun ReceiveWorkflowRun { get; }

    /// <summary>Takes deliveries about pull requests and issues.</summary>
    public ReceiveOutcomeEvent ReceiveOutcomeEvent { get; }

    /// <summary>Reconciles a day.</summary>
    public ReconcileDay ReconcileDay { get; }

    /// <summary>Evaluates budgets where there are any.</summary>
    public BudgetWork BudgetWork { get; }

    /// <summary>Reconciles a period for a reader.</summary>
    public ReconcilePeriod ReconcilePeriod { get; }

    /// <summary>Asks for bills.</summary>
    public PollBilling PollBilling { get; }

    /// <summary>Has reports of bills made.</summary>
    public ExportReports ExportReports { get; }

    /// <summary>Handles queue messages.</summary>
    public MessageHandler Messages { get; }

    /// <summary>Watches the poison queues.</summary>
    public PoisonAlerts PoisonAlerts { get; }

    /// <summary>Reads a run with what it was billed.</summary>
    public ReadRun ReadRun { get; }

    /// <summary>Tells how a figure came about.</summary>
    public Explain Explain { get; }

    /// <summary>Answers whether runs may start.</summary>
    public HeadroomGate Headroom { get; }

    /// <summary>Tells people what budgets and findings say.</summary>
    public TellAlerts TellAlerts { get; }

    /// <summary>Sends what people are still to be told.</summary>
    public SendAlerts SendAlerts { get; }

    /// <summary>How the service is.</summary>
    public ServiceHealth Health { get; }
}
