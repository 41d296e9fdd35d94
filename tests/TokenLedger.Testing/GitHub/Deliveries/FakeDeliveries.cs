using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Apps;

namespace TokenLedger.Testing.GitHub.Deliveries;

/// <summary>Sends webhooks of runs that ended, signed, and remembers how that went.</summary>
public sealed class FakeDeliveries : IAsyncDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(3);

    private readonly FakeApp app;
    private readonly Estate estate;
    private readonly Func<Uri> root;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private ImmutableList<FakeDelivery> sent = [];
    private ImmutableList<Task> underWay = [];
    private int losing;
    private int lostStatus;

    internal FakeDeliveries(FakeApp app, Estate estate, Func<Uri> root)
    {
        this.app = app;
        this.estate = estate;
        this.root = root;
        Send = client.SendAsync;
    }

    /// <summary>Where webhooks go; null loses them all, as a receiver that is down.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How they go there; over HTTP unless a test sets another way.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Send { get; set; }

    /// <summary>What was sent or lost, oldest first.</summary>
    public IReadOnlyList<FakeDelivery> Sent => sent;

    /// <summary>Loses the next ones before they reach the receiver.</summary>
    /// <param name="count">How many.</param>
    /// <param name="status">What GitHub believes was answered; 0 for a refused connection.</param>
    public void LoseNext(int count, int status = 0) => (losing, lostStatus) = (count, status);

    /// <summary>Sends that the run's last attempt has ended.</summary>
    public Task<FakeDelivery> SendAsync(FakeRun run, CancellationToken cancellation) =>
        SendAsync(run.Latest, cancellation);

    /// <summary>Sends that an attempt has ended.</summary>
    public Task<FakeDelivery> SendAsync(FakeRunAttempt attempt, CancellationToken cancellation)
    {
        var number = estate.NextId();
        var installation = app.InstallationOf(attempt.Run.Repository);
        return DeliverAsync(
            new FakeDelivery(
                number, string.Create(CultureInfo.InvariantCulture, $"72d3162e-cc78-11e3-81ab-{number:x12}"),
                estate.Time.GetUtcNow(), IsRedelivery: false, 0, "")
            {
                Attempt = attempt,
                InstallationId = installation?.Id,
                Payload = PayloadOf(attempt, installation),
            },
            cancellation);
    }

    /// <summary>Waits until everything that was asked to be sent again is sent.</summary>
    public Task SettleAsync() => Task.WhenAll(underWay);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.CancelPendingRequests();
        await SettleAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
    }

    /// <summary>Those that GitHub still tells of, newest first.</summary>
    internal IReadOnlyList<FakeDelivery> Told(DateTimeOffset now) =>
        [.. sent.Where(item => item.DeliveredAt > now - Remembered).OrderByDescending(item => item.Id)];

    /// <summary>Sends one again, after the answer to whoever asked for it.</summary>
    internal void SendAgain(FakeDelivery delivery) => ImmutableInterlocked.Update(ref underWay, list => list.Add(
        Task.Run(() => DeliverAsync(
            delivery with
            {
                Id = estate.NextId(),
                DeliveredAt = estate.Time.GetUtcNow(),
                IsRedelivery = true,
            },
            CancellationToken.None))));

    private async Task<FakeDelivery> DeliverAsync(FakeDelivery delivery, CancellationToken cancellation)
    {
        var status = Interlocked.Decrement(ref losing) >= 0 ? lostStatus
            : WebhookUrl is { } url ? await PostAsync(url, delivery, cancellation)
            : 0;
        var done = delivery with
        {
            StatusCode = status == 0 ? 502 : status,
            Status = status == 0 ? "failed to connect to host"
                : status is >= 200 and < 300 ? "OK"
                : string.Create(CultureInfo.InvariantCulture, $"Invalid HTTP Response: {status}"),
        };
        ImmutableInterlocked.Update(ref sent, list => list.Add(done));
        return done;
    }

    private async Task<int> PostAsync(Uri url, FakeDelivery delivery, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/fake");
        request.Headers.Add("X-GitHub-Event", "workflow_run");
        request.Headers.Add("X-GitHub-Delivery", delivery.Guid);
        request.Headers.Add("X-GitHub-Hook-ID", "421337");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-Type", "integration");
        request.Headers.Add("X-GitHub-Hook-Installation-Target-ID", app.Id.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "X-Hub-Signature-256",
            "sha256=" + Convert.ToHexStringLower(
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.WebhookSecret), body)));
        try
        {
            using var response = await Send(request, cancellation);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private string PayloadOf(FakeRunAttempt attempt, FakeInstallation? installation)
    {
        var owner = attempt.Run.Repository.Owner;
        var json = new JsonObject
        {
            ["action"] = "completed",
            ["workflow_run"] = RunJson.Of(attempt, root()),
            ["workflow"] = new JsonObject
            {
                ["id"] = 98_123_456,
                ["name"] = attempt.Run.WorkflowName,
                ["path"] = attempt.Run.WorkflowPath,
            },
            ["repository"] = RepositoryJson.Of(attempt.Run.Repository),
            ["organization"] = new JsonObject { ["login"] = owner.Login, ["id"] = owner.Id },
            ["sender"] = new JsonObject { ["login"] = attempt.TriggeringActor ?? attempt.Run.Actor, ["id"] = 1_779 },
        };
        if (installation is not null)
            json["installation"] = new JsonObject { ["id"] = installation.Id, ["node_id"] = "MDIz" };
        return json.ToJsonString();
    }
}
