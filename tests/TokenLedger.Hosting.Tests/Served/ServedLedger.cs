using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Cli;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Serving;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Tests.Served;

/// <summary>A service on a free port of this machine, over a ledger in a folder of its own.</summary>
internal sealed class ServedLedger : IAsyncDisposable
{
    public const string Secret = "hush-webhook-secret-1";
    public const string OtherSecret = "hush-webhook-secret-2";
    public const string Key = "hush-api-key";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-hosting-");
    private readonly HttpClient client = new();
    private readonly OpenApiDocument document = new();
    private readonly ProviderSources sources = new(new LedgerConfiguration(), new GitHubOptions(), TimeProvider.System);
    private SqliteLedgerStorage? storage;
    private CancellationTokenSource? stop;
    private Task? running;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ShiftedClock Clock { get; } = new();

    /// <summary>What <c>serve</c> writes on standard error.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>Every answer's headers and body.</summary>
    public ConcurrentQueue<string> Answers { get; } = [];

    public string[] Secrets { get; set; } = [Secret];

    public string? ApiKey { get; set; }

    public LedgerConfiguration Configuration { get; set; } = new();

    public bool HasInbox { get; set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public SqliteLedgerStorage Storage => storage!;

    public string Inbox => Directory.CreateDirectory(PathOf("inbox")).FullName;

    public string Ledger => PathOf("ledger.db");

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public static async Task<ServedLedger> StartedAsync(Action<ServedLedger>? configure = null)
    {
        var served = new ServedLedger();
        configure?.Invoke(served);
        await served.StartAsync();
        return served;
    }

    public LedgerServices Services(ILedgerStorage over, TimeProvider time) =>
        new(over, Configuration, PriceBookReader.Shipped(), sources, time);

    public async Task StartAsync()
    {
        storage = new SqliteLedgerStorage(Ledger, Clock);
        stop = new CancellationTokenSource();
        var options = new ServeOptions(
            [new Uri("http://127.0.0.1:0")],
            HasInbox ? Inbox : null,
            ApiKey is null ? null : new Secret(ApiKey),
            [.. Secrets.Select(secret => new Secret(secret))]);
        var server = new LedgerServer(
            options, Services(storage, Clock), storage.Receiver, PriceBookReader.Shipped(), Log.Enqueue, Clock);
        var listening = new TaskCompletionSource<IReadOnlyCollection<string>>();
        running = server.RunAsync(listening.SetResult, stop.Token);
        await Task.WhenAny(listening.Task, running);
        Address = new Uri((await listening.Task).Single());
    }

    /// <summary>Uses the ledger while this object serves nothing.</summary>
    public async Task StoreAsync(Func<SqliteLedgerStorage, Task> use)
    {
        await using var opened = new SqliteLedgerStorage(Ledger, TimeProvider.System);
        await use(opened);
    }

    /// <summary>Asks a service that runs elsewhere on this ledger.</summary>
    public void Use(Uri address) => Address = address;

    public async Task StopAsync()
    {
        if (running is null)
            return;
        await stop!.CancelAsync();
        await running;
        stop.Dispose();
        await storage!.DisposeAsync();
        running = null;
    }

    public Task<Answer> GetAsync(string path, string? key = null) =>
        SendAsync(HttpMethod.Get, path, request =>
        {
            if (key is not null)
                request.Headers.Add(ApiKeyCheck.HeaderName, key);
        });

    public async Task<Answer> SendAsync(HttpMethod method, string path, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        prepare(request);
        using var response = await client.SendAsync(request, Token);
        var body = await response.Content.ReadAsByteArrayAsync(Token);
        var headers = $"{response.Headers}{response.Content.Headers}";
        Check(method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, response.Content.Headers, body);
        var answer = new Answer((int)response.StatusCode, headers, Encoding.UTF8.GetString(body));
        Answers.Enqueue(headers + answer.Body);
        return answer;
    }

    /// <summary>Writes bytes and reads the answer until the service hangs up.</summary>
    public async Task<string> RawAsync(string text, bool isEnd = false)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Address.Host, Address.Port, Token);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Token);
        if (isEnd)
            tcp.Client.Shutdown(SocketShutdown.Send);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, Token);
        }
        catch (IOException)
        {
            // Hung up on with a request half read.
        }

        var answer = Encoding.UTF8.GetString(received.ToArray());
        Answers.Enqueue(answer);
        return answer;
    }

    /// <summary>Runs a command of the program on the same ledger.</summary>
    public async Task<(int Code, string Out, string Error)> CommandAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal), SamplesFolder = PathOf("samples"),
        };
        var code = await CliApplication.InvokeAsync(
            [.. args, "--ledger", Ledger], output, error, Clock, environment, Token);
        return (code, output.ToString(), error.ToString());
    }

    public Task EmptiedAsync(string queue) => Eventually.TrueAsync($"{queue} is empty", async () =>
        (await Storage.QueueDepths.ReadDepthsAsync(Token)).Single(depth => depth.QueueName == queue).Messages == 0);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        sources.Dispose();
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private void Check(string method, string path, int status, HttpContentHeaders headers, byte[] body)
    {
        Assert.Empty(document.ProblemsOf(method, path, status, headers.ContentType?.MediaType, body));
        Assert.DoesNotContain("hush-", Encoding.UTF8.GetString(body));
    }
}
