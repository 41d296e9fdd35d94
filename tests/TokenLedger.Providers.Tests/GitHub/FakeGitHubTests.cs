using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Ingestion.Webhooks;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.GitHub;

/// <summary>What the client does not ask yet, asked of the fake as GitHub documents it.</summary>
public sealed class FakeGitHubTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 19, 6, 0, 0, TimeSpan.Zero);

    private readonly TestClock clock = new(Now);
    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly List<(string Guid, string Body)> received = [];
    private FakeGitHub github = null!;
    private FakeRun run = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        github = await FakeGitHub.StartAsync(Token, clock);
        run = github.AddRepository("acme/webshop").AddRun(Now);
        github.App.Install("acme");
        github.Deliveries.WebhookUrl = new Uri("http://ledger.example/api/github/webhooks");
        github.Deliveries.Send = ReceiveAsync;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await github.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_is_signed_and_can_be_read()
    {
        var delivery = await github.Deliveries.SendAsync(run, Token);

        Assert.True(delivery.IsOk);
        var reading = WorkflowRunReader.Read(Encoding.UTF8.GetBytes(Assert.Single(received).Body));
        Assert.Equal(run.Id, reading.Event!.Facts.Run.RunId);
        Assert.Equal(github.App.Installations[0].Id, reading.Event.InstallationId);
    }

    [Fact]
    public async Task A_lost_delivery_is_listed_as_failed_and_sent_again_under_its_guid()
    {
        github.Deliveries.LoseNext(2, 500);
        var lost = await github.Deliveries.SendAsync(run, Token);
        await github.Deliveries.SendAsync(run, Token);
        await github.Deliveries.SendAsync(run, Token);
        received.Clear();

        var (_, failed, _) = await AskAsync("app/hook/deliveries?status=failure");
        var (status, _, _) = await AskAsync(
            string.Create(CultureInfo.InvariantCulture, $"app/hook/deliveries/{lost.Id}/attempts"), HttpMethod.Post);
        await github.Deliveries.SettleAsync();

        Assert.Equal(["Invalid HTTP Response: 500", "Invalid HTTP Response: 500"], failed!.AsArray().Select(item => (string)item!["status"]!));
        Assert.Equal(202, status);
        Assert.Equal([lost.Guid], received.Select(item => item.Guid));
        Assert.Equal((true, true), (github.Deliveries.Sent[^1].IsRedelivery, github.Deliveries.Sent[^1].IsOk));
    }

    [Fact]
    public async Task Deliveries_come_newest_first_by_cursor_for_three_days()
    {
        for (var number = 0; number < 5; number++)
        {
            await github.Deliveries.SendAsync(run, Token);
            clock.Now += TimeSpan.FromDays(1);
        }

        var ids = new List<long>();
        var next = "app/hook/deliveries?per_page=1";
        while (next is not null)
        {
            var (_, page, link) = await AskAsync(next);
            ids.AddRange(page!.AsArray().Select(item => (long)item!["id"]!));
            next = link is null ? null : link[1..link.IndexOf('>')][github.Url.AbsoluteUri.Length..];
        }

        // Sent one, two, three, four and five days ago; the third is over the moment it is three days old.
        Assert.Equal(github.Deliveries.Sent.Skip(3).Reverse().Select(item => item.Id), ids);
    }

    [Fact]
    public async Task A_receiver_that_is_down_is_a_failed_delivery()
    {
        github.Deliveries.Send = (_, _) => throw new HttpRequestException("refused");

        var delivery = await github.Deliveries.SendAsync(run, Token);

        Assert.Equal((false, 502, "failed to connect to host"), (delivery.IsOk, delivery.StatusCode, delivery.Status));
    }

    [Fact]
    public async Task A_manifests_code_is_good_once_and_for_an_hour()
    {
        var (code, late) = (github.App.NewManifestCode(), github.App.NewManifestCode());

        var (first, app, _) = await AskAsync($"app-manifests/{code}/conversions", HttpMethod.Post, isApp: false);
        var (second, _, _) = await AskAsync($"app-manifests/{code}/conversions", HttpMethod.Post, isApp: false);
        clock.Now += TimeSpan.FromHours(1);
        var (third, _, _) = await AskAsync($"app-manifests/{late}/conversions", HttpMethod.Post, isApp: false);

        Assert.Equal((201, 404, 404), (first, second, third));
        Assert.Equal(github.App.Id, (long)app!["id"]!);
        using var key = RSA.Create();
        key.ImportFromPem((string)app["pem"]!);
        Assert.Equal(github.App.WebhookSecret, (string)app["webhook_secret"]!);
    }

    [Fact]
    public async Task Nobody_reads_without_proving_who_it_is()
    {
        foreach (var path in new[] { "app", "app/hook/deliveries", "app/installations", "repos/acme/webshop/installation" })
            Assert.Equal(401, (await AskAsync(path, isApp: false)).Status);
        Assert.Equal(401, (await AskAsync("repos/acme/webshop/actions/runs", isApp: true)).Status);
        Assert.Equal(200, (await AskAsync("app")).Status);
    }

    [Fact]
    public async Task A_classic_token_is_told_its_scopes_and_what_it_has_left()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(github.Url, "user"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", github.Token);

        using var answer = await client.SendAsync(request, Token);

        Assert.Contains("manage_billing:copilot", Assert.Single(answer.Headers.GetValues("X-OAuth-Scopes")));
        Assert.Equal("4999", Assert.Single(answer.Headers.GetValues("x-ratelimit-remaining")));
    }

    [Fact]
    public async Task Two_of_them_share_nothing()
    {
        await using var other = await FakeGitHub.StartAsync(Token, clock);

        Assert.NotEqual(github.Url, other.Url);
        Assert.NotEqual(github.App.PrivateKey, other.App.PrivateKey);
        Assert.Empty(other.App.Installations);
    }

    private async Task<(int Status, JsonNode? Body, string? Link)> AskAsync(
        string path, HttpMethod? method = null, bool isApp = true)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(github.Url, path));
        if (isApp)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", github.App.NewJwt(clock.Now));
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return ((int)answer.StatusCode, JsonNode.Parse(text),
            answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null);
    }

    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellation);
        var verdict = new WebhookSignature([github.App.WebhookSecret]).Check(
            request.Headers.GetValues(WebhookSignature.HeaderName).Single(), Encoding.UTF8.GetBytes(body));
        received.Add((request.Headers.GetValues("X-GitHub-Delivery").Single(), body));
        return new HttpResponseMessage(
            verdict == SignatureVerdict.Valid
                ? System.Net.HttpStatusCode.Accepted
                : System.Net.HttpStatusCode.Unauthorized);
    }
}
