using System.Globalization;
using System.Text;
using TokenLedger.Application.Days;
using TokenLedger.Storage.Azure;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.FunctionsHost.EventGrid;
using TokenLedger.Testing.FunctionsHost.Tap;
using TokenLedger.Testing.GitHub;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>The packed handler behind the host double, with a storage of its own, Event Grid and a GitHub.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    public const string Secret = "the webhook's secret";
    public const string Organization = "acme";

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly AzuriteEmulator azurite;

    private Deployment(AzuriteEmulator azurite, StorageTap tap, FakeGitHub github, FunctionsHostDouble host)
    {
        this.azurite = azurite;
        Tap = tap;
        GitHub = github;
        Host = host;
        Storage = new StorageServices(Assert.IsType<StorageAccount>(
            StorageAccountReader.Read(new() { ConnectionString = azurite.ConnectionString }).Account));
        Events = new EventGridDouble(azurite.ConnectionString, clientRequestIdOf: tap.ClientRequestIdOf);
    }

    public StorageTap Tap { get; }

    public FakeGitHub GitHub { get; }

    public FunctionsHostDouble Host { get; }

    public StorageServices Storage { get; }

    public EventGridDouble Events { get; set; }

    public string ConnectionString => azurite.ConnectionString;

    /// <summary>Starts a deployment that asks GitHub for nothing but bills.</summary>
    public static Task<Deployment> StartAsync(CancellationToken cancellation) =>
        StartAsync([], _ => [], cancellation);

    /// <summary>Starts one with the GitHub App, which looks for late artifacts after these seconds.</summary>
    public static Task<Deployment> StartWithAppAsync(int[] retrySeconds, CancellationToken cancellation) =>
        StartAsync(
            retrySeconds,
            github =>
            {
                github.App.WebhookSecret = Secret;
                github.App.Install(Organization);
                return new(StringComparer.Ordinal)
                {
                    ["TokenLedger__GitHub__AppId"] = github.App.Id.ToString(CultureInfo.InvariantCulture),
                    ["TokenLedger__GitHub__PrivateKey"] = github.App.PrivateKey,
                };
            },
            cancellation);

    private static async Task<Deployment> StartAsync(
        int[] retrySeconds, Func<FakeGitHub, Dictionary<string, string>> settings, CancellationToken cancellation)
    {
        Assert.SkipUnless(AzuriteInstallation.IsThere, AzuriteInstallation.HowToInstall);
        var package = await PackedHandler.FolderAsync();
        var emulator = await AzuriteEmulator.StartAsync();
        var tap = await StorageTap.StartAsync(emulator.ConnectionString);
        var github = await FakeGitHub.StartAsync(cancellation);
        github.Add($"organizations/{Organization}");
        var variables = Settings(tap.ConnectionString, github);
        foreach (var (key, value) in settings(github))
            variables[key] = value;
        for (var i = 0; i < retrySeconds.Length; i++)
            variables[$"TokenLedger__Collecting__RetrySeconds__{i}"] =
                retrySeconds[i].ToString(CultureInfo.InvariantCulture);
        var host = await FunctionsHostDouble.StartAsync(
            new()
            {
                Package = package,
                Storage = emulator.ConnectionString,
                HandlerStorage = tap.ConnectionString,
                Variables = variables,
                RetryAfter = TimeSpan.Zero,
            },
            cancellation);
        var deployment = new Deployment(emulator, tap, github, host);
        github.Deliveries.WebhookUrl = new Uri("http://functions.example/api/github/webhooks");
        github.Deliveries.Send = deployment.Host.SendAsync;
        await deployment.WarmAsync(cancellation);
        return deployment;
    }

    public async Task<HttpResponseMessage> DeliverAsync(WorkflowRunDelivery delivery, CancellationToken cancellation)
    {
        using var request = delivery.Signed(Secret);
        return await Host.SendAsync(request, cancellation);
    }

    public async Task UploadAsync(long runId, int attempt, string name, byte[] content, CancellationToken cancellation)
    {
        var blob = string.Create(
            CultureInfo.InvariantCulture, $"github.com/acme/webshop/{runId}/{attempt}/{name}");
        await Storage.Container("run-logs").PutAsync(blob, new MemoryStream(content), cancellationToken: cancellation);
    }

    /// <summary>Delivers events and pumps queues until nothing happens any more.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        await Host.DrainAsync(Patience, cancellation);
        // What the handler wrote raises events of its own; each round can write only once more.
        for (var round = 0; round < 10 && await Events.DeliverAllAsync(cancellation) > 0; round++)
            await Host.DrainAsync(Patience, cancellation);
    }

    public async Task<(int Status, string Body)> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://functions.example" + path);
        request.Headers.Add("x-functions-key", "function-key");
        using var answer = await Host.SendAsync(request, cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>Everything that readers of the tables see, without what depends on the time of writing.</summary>
    public async Task<string> DumpAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        await using var ledger = await AzureLedgerStorage.OpenAsync(Storage, TimeProvider.System, cancellation);
        var text = new StringBuilder();
        await foreach (var run in ledger.Store.ReadRunsAsync(from, to, cancellation))
        {
            text.Append(run.Facts).Append('\n');
            foreach (var slice in run.Slices)
                text.Append("  ").Append(slice).Append('\n');
        }

        await foreach (var problem in ledger.Store.ReadProblemsAsync(cancellation))
            text.Append(problem).Append('\n');
        await foreach (var head in ledger.Days.ReadAsync(null, from, to, cancellation))
        {
            text.Append(head.Settlement with { FirstSeenAt = null, LastChangedAt = null }).Append(head.Totals).Append('\n');
            await foreach (var share in ledger.Days.ReadSharesAsync(
                head.Settlement.Account, head.Settlement.Day, null, cancellation))
                text.Append("  ").Append(share).Append('\n');
            await foreach (var part in ledger.Days.ReadUnallocatedAsync(
                head.Settlement.Account, head.Settlement.Day, cancellation))
                text.Append("  ").Append(part).Append('\n');
        }

        await foreach (DailyCostRow row in ledger.Days.ReadDailyCostsAsync(from, to, cancellation))
            text.Append(row).Append('\n');
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await GitHub.DisposeAsync();
        await Tap.DisposeAsync();
        await azurite.DisposeAsync();
    }

    // Tables and containers are made behind the first answers; a test counts what comes after.
    private async Task WarmAsync(CancellationToken cancellation)
    {
        var (status, body) = await GetAsync("/api/health", cancellation);
        Assert.True(status == 200, body);
        Tap.Mark();
    }

    private static Dictionary<string, string> Settings(string connectionString, FakeGitHub github) =>
        new(StringComparer.Ordinal)
        {
            ["TokenLedger__Storage__Kind"] = "azure",
            ["TokenLedger__Storage__Azure__ConnectionString"] = connectionString,
            ["TokenLedger__GitHub__WebhookSecrets__0"] = Secret,
            ["TokenLedger__GitHub__ApiUrl"] = github.Url.AbsoluteUri,
            ["TokenLedger__Sources__0__Name"] = "acme on GitHub",
            ["TokenLedger__Sources__0__Kind"] = "github",
            ["TokenLedger__Sources__0__Organization"] = Organization,
            ["TokenLedger__Sources__0__Token"] = github.Token,
            ["TokenLedger__Sources__0__Pays__Organizations__0"] = Organization,
            ["TokenLedger__Sources__0__Pays__Payers__0"] = "organization",
            ["TokenLedger__Reconciling__DelaySeconds"] = "0",
        };
}
