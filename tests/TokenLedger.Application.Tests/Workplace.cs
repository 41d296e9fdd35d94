using System.Globalization;
using System.Text;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Tests.Collecting;
using TokenLedger.Application.Runs;
using TokenLedger.Application.Webhooks;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Storage.Sqlite.Archive;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests;

/// <summary>
/// All that outlives a process (a ledger, its archive, queues, marks), and use cases made anew for every call, as a
/// process that was killed makes them.
/// </summary>
internal sealed class Workplace : IAsyncDisposable
{
    public static readonly PriceBook Prices = PriceBookReader.Shipped();

    public static readonly DateOnly Day = new(2026, 11, 3);

    private readonly string folder = Directory.CreateTempSubdirectory("tokenledger-application-").FullName;

    public Workplace()
    {
        Store = new KillableLedgerStore(new SqliteLedgerStore(Path.Combine(folder, "ledger.db")), Kill);
        Archive = new KillableLogArchive(new FolderLogArchive(ArchiveFolder, Clock), Kill);
        Queue = new InMemoryWorkQueue(Clock, Kill);
        Deliveries = new InMemoryDeliveryLog(Kill);
        Checkpoints = new InMemoryCheckpoints(Kill);
        Alerts = new InMemoryAlertLog(Kill);
        Days = new InMemoryDayLedger(Kill);
        Records = new InMemoryRecords(Kill);
    }

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 6, 0, 0, TimeSpan.Zero));

    public KillSwitch Kill { get; } = new();

    public KillableLedgerStore Store { get; }

    public KillableLogArchive Archive { get; }

    /// <summary>How long changes of a day are collected.</summary>
    public static readonly TimeSpan ReconcilingDelay = TimeSpan.FromSeconds(20);

    public InMemoryWorkQueue Queue { get; }

    public InMemoryDeliveryLog Deliveries { get; }

    public InMemoryCheckpoints Checkpoints { get; }

    public InMemoryAlertLog Alerts { get; }

    public InMemoryDayLedger Days { get; }

    public InMemoryRecords Records { get; }

    public ScriptedRuns GitHub { get; } = new();

    public LedgerConfiguration Configuration { get; set; } = new();

    public DayQueue DayQueue => new(Queue, Checkpoints, Clock, ReconcilingDelay);

    public UpdateRun UpdateRun => new(Store, new FoldRun(Store, Archive, Prices), DayQueue, Clock);

    public CollectRun CollectRun => new(
        GitHub, Archive, Store, Queue, UpdateRun, new MisplacedUploadAlerts(Alerts, Clock),
        new CollectionAlerts(Alerts, Clock), Configuration, Clock);

    public TakeUploadedLog TakeUploadedLog => new(UpdateRun, new MisplacedUploadAlerts(Alerts, Clock));

    public ReconcileDay ReconcileDay => new(Store, Days, Prices, Configuration, Clock);

    public RecordFinishedRun RecordFinishedRun => new(Store, Archive, Queue, Configuration);

    public ReceiveWorkflowRun ReceiveWorkflowRun => new(RecordFinishedRun, Deliveries, Clock);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The archived files, relative to the archive, without its own.</summary>
    public IReadOnlyList<string> ArchivedFiles => [.. Directory
        .EnumerateFiles(ArchiveFolder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(ArchiveFolder, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part.StartsWith('.')))
        .Order(StringComparer.Ordinal)];

    private string ArchiveFolder => Path.Combine(folder, "archive");

    public Task AddAsync(RunIdentity run, string upload, string path, params string[] lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.ReplaceLineEndings("") + "\n")));
        return Archive.AddAsync(
            run, upload, new EvidenceFile(path, bytes.Length, () => new MemoryStream(bytes, writable: false)), Token);
    }

    /// <summary>Archives a run's own record and one usage record for each number of input tokens.</summary>
    public async Task AddRunAsync(RunIdentity run, params int[] inputTokens)
    {
        await AddAsync(run, "agent", "aw_info.json", Info(run));
        await AddAsync(run, "agent", "token-usage.jsonl", [.. inputTokens.Select((tokens, at) => Usage(run, at, tokens))]);
    }

    public static string Info(RunIdentity run) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"run_id":{{run.RunId}},"run_attempt":{{run.Attempt}},"repository":"{{run.Repository}}","engine_id":"copilot",
        "workflow_name":"Triage","workflow_path":".github/workflows/triage.lock.yml","actor":"alice",
        "created_at":"2026-11-03T09:00:00Z"}
        """);

    public static string Usage(RunIdentity run, int at, int input) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"timestamp":"2026-11-03T09:{{10 + at}}:00.000Z","event":"token_usage",
        "request_id":"r-{{run.RunId}}-{{run.Attempt}}-{{at}}","provider":"copilot","model":"claude-sonnet-5",
        "path":"/v1/messages","status":200,"input_tokens":{{input}},"output_tokens":100,"cache_read_tokens":0,
        "cache_write_tokens":0}
        """);

    public async Task ImportAsync(string csv, BillHints hints)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName() + ".csv");
        await File.WriteAllTextAsync(path, csv, Token);
        var outcome = await new ImportBills(Store, Archive, Prices.Names).ExecuteAsync(
            [path], hints, Clock.Now, null, Token);
        Assert.Empty(outcome.Problems);
    }

    /// <summary>Handles every day that is queued, as a worker that is never killed does.</summary>
    public async Task WorkAsync()
    {
        // As many rounds as a message is handed out.
        for (var round = 0; round < QueueNames.DequeueCountMax && Queue.Waiting.Count > 0; round++)
        {
            Clock.Now += TimeSpan.FromMinutes(3);
            while (Queue.Take(QueueNames.ReconcileDay) is { } message)
            {
                await ReconcileDay.ExecuteAsync(((ReconcileDayMessage)message.Message).Day, Token);
                Queue.Complete(message);
            }
        }
    }

    /// <summary>The stored days as text: totals, shares, unallocated parts and daily costs of the newest revisions.</summary>
    public async Task<string> StoredDaysAsync()
    {
        var (from, to) = (Day.AddDays(-30), Day.AddDays(30));
        var text = new StringBuilder();
        await foreach (var head in Days.ReadAsync(null, from, to, Token))
        {
            var account = head.Settlement.Account;
            text.AppendJoin('\n', [account.Key, head.InputHash, head.Totals.ToString()]).AppendLine();
            await foreach (var share in Days.ReadSharesAsync(account, head.Settlement.Day, null, Token))
                text.AppendLine(share.ToString());
            await foreach (var part in Days.ReadUnallocatedAsync(account, head.Settlement.Day, Token))
                text.AppendLine(part.ToString());
        }

        await foreach (var row in Days.ReadDailyCostsAsync(from, to, Token))
            text.AppendLine(row.ToString());
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
