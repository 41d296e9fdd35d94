using TokenLedger.Application.Configuration;
using TokenLedger.Application.Exporting;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.GitHub.Billing;
using TokenLedger.Storage.Sqlite;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Exporting;

/// <summary>A ledger on disk, a fake GitHub that makes reports, and a clock that a message's wait moves.</summary>
internal sealed class ExportWorld : IAsyncDisposable
{
    public const string Enterprise = "enterprises/acme-inc";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-export-");
    private readonly GitHubConnection connection;
    private readonly SqliteLedgerStorage disk;
    private readonly ILedgerStorage storage;
    private readonly IWorkReceiver receiver;

    private ExportWorld(FakeGitHub github, HurriedClock clock)
    {
        (GitHub, Clock) = (github, clock);
        disk = new SqliteLedgerStorage(Path.Combine(folder.FullName, "ledger.db"), clock);
        (storage, receiver) = (Killable.Before<ILedgerStorage>(disk, Kill), Killable.Before(disk.Receiver, Kill));
        connection = new GitHubConnection(
            clock,
            new GitHubOptions { TimeOut = TimeSpan.FromSeconds(41), RetryDelay = TimeSpan.FromMilliseconds(1) });
        Source = new SourceConfiguration
        {
            Name = "inc",
            Kind = "github",
            Enterprise = "acme-inc",
            ApiUrl = github.Url,
            Token = new Secret(github.Token),
            Views = [BillView.AiCreditReport],
        };
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public FakeGitHub GitHub { get; }

    public HurriedClock Clock { get; }

    public KillSwitch Kill { get; } = new();

    public SourceConfiguration Source { get; set; }

    public string Folder => folder.FullName;

    public static async Task<ExportWorld> StartAsync()
    {
        var clock = new HurriedClock(new DateTimeOffset(2026, 11, 19, 7, 0, 0, TimeSpan.Zero));
        var github = await FakeGitHub.StartAsync(Token, clock);
        github.Add(Enterprise);
        return new ExportWorld(github, clock);
    }

    /// <summary>What a process has.</summary>
    public ExportReports Reports() => new(
        Killable.Before<IReportSource>(new GitHubReportSource(connection), Kill),
        new LedgerConfiguration { Sources = [Source] }, storage,
        new TakeBill(storage.Store, storage.Archive, PriceBookReader.Shipped().Names),
        new DayQueue(storage.Queue, storage.Checkpoints, Clock, TimeSpan.FromSeconds(20)), Clock);

    /// <summary>The hourly timer, and then every message when it is seen.</summary>
    /// <returns>How many messages came.</returns>
    public async Task<int> WorkAsync()
    {
        await Reports().BeginAsync(Token);
        return await DrainAsync();
    }

    /// <summary>Every message when it is seen.</summary>
    /// <returns>How many came.</returns>
    public async Task<int> DrainAsync()
    {
        var messages = 0;
        for (var idle = 0; idle < 3; )
        {
            if (await receiver.ReceiveAsync(QueueNames.ExportReport, TimeSpan.FromMinutes(1), Token)
                is not { } message)
            {
                Clock.Now += TimeSpan.FromMinutes(2);
                idle++;
                continue;
            }

            (idle, messages) = (0, messages + 1);
            var export = Assert.IsType<ExportReportMessage>(MessageFormat.Read(message.Text)!.Message);
            await Reports().GoOnAsync(export.Enterprise, Token);
            await receiver.CompleteAsync(message, Token);
        }

        return messages;
    }

    /// <summary>Another view has shown nothing of a day, so that its report is due.</summary>
    public Task SeeAsync(DateOnly day) => disk.Store.StoreObservationAsync(
        new Observation(Source.Account, BillView.Usage, day, "", Clock.Now, "none", 0, "raw", []), Token);

    public ValueTask<List<Observation>> LooksAsync() =>
        disk.Store.ReadObservationsAsync(Source.Account, null, null, Token).ToListAsync(Token);

    public Task<IReadOnlyList<RememberedRefusal>> RefusalsAsync() =>
        new RefusalBook(disk.Checkpoints).ReadAsync(Source.Account, Token);

    public ValueTask<List<Alert>> AlertsAsync() => disk.Alerts.ReadAsync(Token).ToListAsync(Token);

    public async Task<int> QueuedDaysAsync() => (await disk.QueueDepths.ReadDepthsAsync(Token))
        .Where(depth => depth.QueueName == QueueNames.ReconcileDay).Sum(depth => (int)depth.Messages);

    /// <summary>What is stored, as text, without the times of asking.</summary>
    public async Task<string> TablesAsync()
    {
        var looks = (await LooksAsync()).Select(
            look => $"{look.View} {look.Day:O} {look.Filter} {look.ContentHash} {look.GrossNanoCredits}");
        var alerts = (await AlertsAsync()).Select(alert => $"{alert.Kind} {alert.Subject}");
        var marks = await disk.Checkpoints.ReadAsync("", Token)
            .Where(mark => !mark.Name.StartsWith("reconcile-day/", StringComparison.Ordinal))
            .Select(mark => $"{mark.Name} {mark.Value}")
            .ToListAsync(Token);
        return string.Join('\n', [.. looks, .. alerts, .. marks, $"{await QueuedDaysAsync() > 0}"]);
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await disk.DisposeAsync();
        await GitHub.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
