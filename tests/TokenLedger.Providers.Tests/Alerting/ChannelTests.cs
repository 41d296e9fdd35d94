using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;
using TokenLedger.Testing.Serving;
using TokenLedger.Testing.Webhooks;

namespace TokenLedger.Providers.Tests.Alerting;

public sealed class ChannelTests
{
    private static AlertEvent HostileEvent =>
        Assert.Single(FindingAlerts.Of(
            [AlertDesk.Finding(AlertDesk.Hostile, 5m, AlertDesk.Hostile)], 0, new DateOnly(2026, 11, 19), AlertIdentity.DigestOf));

    [Fact]
    public async Task A_hostile_name_is_plain_text_in_Slack()
    {
        await using var desk = await AlertDesk.StartAsync();

        Assert.Null((await desk.Slack().SendAsync(HostileEvent, null, AlertDesk.Token)).Refusal);

        var body = Assert.Single(desk.Webhook.Received).Body;
        var text = body["text"]!.GetValue<string>();
        Assert.DoesNotContain('<', text);
        Assert.Contains("&lt;!channel&gt;", text);
        Assert.False(body["mrkdwn"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_hostile_name_is_a_text_run_in_Teams()
    {
        await using var desk = await AlertDesk.StartAsync();

        Assert.Null((await desk.Slack(AlertChannelKind.Teams).SendAsync(HostileEvent, null, AlertDesk.Token)).Refusal);

        var card = Assert.Single(desk.Webhook.Received).Body["attachments"]![0]!["content"]!;
        Assert.All(card["body"]!.AsArray(), block =>
        {
            // Markdown is read in text blocks, and in nothing else of a card.
            Assert.Equal("RichTextBlock", block!["type"]!.GetValue<string>());
            var run = Assert.Single(block["inlines"]!.AsArray())!.AsObject();
            Assert.Equal("TextRun", run["type"]!.GetValue<string>());
            Assert.False(run.ContainsKey("selectAction"));
        });
        Assert.Contains("@everyone", card.ToJsonString().Replace("\\u0040", "@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hostile_name_starts_no_markup_mention_reference_or_link_in_an_issue()
    {
        await using var desk = await AlertDesk.StartAsync();

        await desk.IssueChannel().SendAsync(HostileEvent, null, AlertDesk.Token);

        var issue = Assert.Single(desk.Issues.Issues);
        var text = issue.Body[(issue.Body.IndexOf("-->", issue.Body.IndexOf("first", StringComparison.Ordinal), StringComparison.Ordinal) + 3)..];
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain("[x]", text);
        Assert.DoesNotContain("@", text);
        Assert.DoesNotContain("&#64;everyone", text);
        Assert.DoesNotContain("\\#1", text);
        Assert.DoesNotContain("https://evil", text);
        Assert.Contains("\\| =cmd", text);
        Assert.DoesNotContain("@everyone", issue.Title);
        Assert.DoesNotContain('\n', issue.Title);
    }

    [Fact]
    public async Task The_longest_event_fits_into_an_issue()
    {
        await using var desk = await AlertDesk.StartAsync();
        var told = HostileEvent with
        {
            Lines = [.. Enumerable.Repeat(string.Concat(Enumerable.Repeat("@#", 250)), 20)],
        };

        Assert.Null((await desk.IssueChannel().SendAsync(told, null, AlertDesk.Token)).Refusal);

        Assert.InRange(Assert.Single(desk.Issues.Issues).Body.Length, 10_000, 65_536);
    }

    [Theory]
    [InlineData(302, ProviderRefusal.Rejected)]
    [InlineData(400, ProviderRefusal.Rejected)]
    [InlineData(404, ProviderRefusal.NotFound)]
    [InlineData(429, ProviderRefusal.RateLimited)]
    [InlineData(503, ProviderRefusal.Unavailable)]
    public async Task A_webhook_that_refuses_is_named_without_its_address(int status, string code)
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Webhook.Status = status;
        desk.Webhook.Header = status == 302 ? ("Location", "/elsewhere") : ("Retry-After", "7200");

        var (_, refusal) = await desk.Slack().SendAsync(HostileEvent, null, AlertDesk.Token);

        Assert.Equal(code, refusal!.Code);
        Assert.Contains("channel hook", refusal.Message);
        Assert.DoesNotContain(FakeWebhook.Secret, refusal.Message);
        Assert.DoesNotContain("127.0.0.1", refusal.Message);
        Assert.Equal(1, desk.Webhook.Requests);
        Assert.Equal(status is 429 or 503 ? TimeSpan.FromHours(2) : null, refusal.RetryAfter);
    }

    [Fact]
    public async Task A_webhook_that_asks_for_rest_is_left_alone_for_so_long()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Webhook.Status = 429;
        desk.Webhook.Header = ("Retry-After", "7200");
        var channel = desk.Slack();

        await channel.SendAsync(HostileEvent, null, AlertDesk.Token);
        var (_, refusal) = await channel.SendAsync(HostileEvent, null, AlertDesk.Token);
        Assert.Equal((ProviderRefusal.RateLimited, 1), (refusal!.Code, desk.Webhook.Requests));

        desk.Webhook.Status = 200;
        desk.Clock.Now += TimeSpan.FromHours(2);
        Assert.Null((await channel.SendAsync(HostileEvent, null, AlertDesk.Token)).Refusal);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_reached_is_named_without_its_address()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Webhook.IsDown = true;

        var (_, refusal) = await desk.Slack().SendAsync(HostileEvent, null, AlertDesk.Token);

        Assert.Equal(ProviderRefusal.Unavailable, refusal!.Code);
        Assert.DoesNotContain(FakeWebhook.Secret, refusal.Message);
    }

    [Theory]
    [InlineData("http://hooks.example/S3")]
    [InlineData("not an address S3")]
    public async Task A_webhook_over_plain_HTTP_is_no_channel_and_the_failure_does_not_show_it(string url)
    {
        await using var desk = await AlertDesk.StartAsync();

        var failure = Assert.Throws<ArgumentException>(() => new Webhooks.WebhookChannel(
            new Webhooks.WebhookConnection(desk.Clock),
            new AlertChannelConfiguration { Name = "a", Kind = AlertChannelKind.Slack, Url = new Secret(url) }));

        Assert.DoesNotContain("S3", failure.ToString());
    }

    [Fact]
    public async Task An_App_asks_for_nothing_but_the_right_to_write_issues()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.GitHub.App.Permissions["issues"] = "write";
        desk.GitHub.App.Install("acme");
        desk.Clock.Now = TimeProvider.System.GetUtcNow();

        var answer = await desk.IssueChannel(new GitHubConfiguration
        {
            ApiUrl = desk.GitHub.Url, AppId = desk.GitHub.App.Id, PrivateKey = new Secret(desk.GitHub.App.PrivateKey),
        }).SendAsync(HostileEvent, null, AlertDesk.Token);

        Assert.Equal("1", answer.Value);
        Assert.Equal(["issues", "metadata"], desk.GitHub.App.LastPermissions.Keys.Order());
    }

    [Fact]
    public async Task An_issue_that_was_made_without_an_answer_is_found_and_not_made_again()
    {
        await using var desk = await AlertDesk.StartAsync();
        var channel = desk.IssueChannel();
        desk.GitHub.Misbehave(
            new ProviderFault { Path = "labels=" }, new ProviderFault { IsCut = true, Path = "/issues" });

        var first = await channel.SendAsync(HostileEvent, null, AlertDesk.Token);
        Assert.NotNull(first.Refusal);
        desk.GitHub.Misbehave();
        var posts = desk.GitHub.Requests.Count(request => request.Method == "POST");
        var second = await channel.SendAsync(HostileEvent, null, AlertDesk.Token);

        Assert.Equal("1", second.Value);
        Assert.Single(desk.Issues.Issues);
        Assert.Equal(1, posts);
    }

    [Fact]
    public async Task Somebody_elses_issues_are_left_alone_and_a_closed_one_is_opened_again()
    {
        await using var desk = await AlertDesk.StartAsync();
        var others = desk.Issues.AddIssue("Mine", $"I quote {HostileEvent.GroupDigest()}", "tokenledger");
        var channel = desk.IssueChannel();

        Assert.Equal("2", (await channel.SendAsync(HostileEvent, null, AlertDesk.Token)).Value);
        desk.Issues.Issues[1].IsOpen = false;
        await channel.SendAsync(HostileEvent with { Name = "day/2026-11-19" }, "2", AlertDesk.Token);

        Assert.Equal($"I quote {HostileEvent.GroupDigest()}", others.Body);
        Assert.True(desk.Issues.Issues[1].IsOpen);
        Assert.Single(desk.Issues.Issues[1].Comments);
    }

    [Fact]
    public async Task A_repository_without_issues_says_so()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Issues.HasIssues = false;

        var (_, refusal) = await desk.IssueChannel().SendAsync(HostileEvent, null, AlertDesk.Token);

        Assert.Contains("acme/ops has no issues", refusal!.Message);
    }

    [Fact]
    public async Task Findings_of_a_workflow_and_day_are_one_message_with_the_dearest_first()
    {
        await using var desk = await AlertDesk.StartAsync();
        var findings = Enumerable.Range(1, 7).Select(usd => AlertDesk.Finding($"run {usd}", usd)).ToArray();

        await desk.TellFindingsAsync([.. findings, AlertDesk.Finding("cheap", 0.5m, "cheap.lock.yml")]);
        await desk.TellFindingsAsync(findings);

        var text = Assert.Single(desk.Webhook.Received).Body["text"]!.GetValue<string>();
        Assert.StartsWith("7 findings on 2026-11-18 with 28.00 USD at stake: acme/web:", text);
        Assert.True(text.IndexOf("run 7", StringComparison.Ordinal) < text.IndexOf("run 3", StringComparison.Ordinal));
        Assert.DoesNotContain("run 2 ", text);
        Assert.Contains("And 2 more.", text);
        Assert.Single(desk.Issues.Issues);
    }

    [Fact]
    public async Task What_is_long_past_is_not_told()
    {
        await using var desk = await AlertDesk.StartAsync();
        desk.Clock.Now += TimeSpan.FromDays(60);

        await desk.TellFindingsAsync(AlertDesk.Finding("old", 9m));
        await desk.TellAsync(AlertDesk.Status(120m));

        Assert.Empty(desk.Webhook.Received);
        Assert.Empty(desk.Issues.Issues);
    }
}
