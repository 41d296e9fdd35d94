using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Findings;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.GitHub.Issues;
using TokenLedger.Providers.Webhooks;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Issues;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Webhooks;

namespace TokenLedger.Providers.Tests.Alerting;

/// <summary>A fake webhook, a fake GitHub and one store; every call is a new process over them.</summary>
internal sealed class AlertDesk : IAsyncDisposable
{
    public const string Hostile =
        "<img src=x onerror=alert(1)> | =cmd() @everyone <!channel> [x](javascript:1) #1 https://evil.example";

    public static readonly DateTimeOffset Start = new(2026, 11, 19, 6, 0, 0, TimeSpan.Zero);

    private readonly List<IDisposable> connections = [];

    private AlertDesk(FakeWebhook webhook, FakeGitHub github, KillSwitch kill)
    {
        (Webhook, GitHub, Kill) = (webhook, github, kill);
        Records = new InMemoryRecords(kill);
        Log = new InMemoryAlertLog(kill);
        Issues = github.AddRepository("acme/ops");
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public TestClock Clock { get; } = new(Start);

    public FakeWebhook Webhook { get; }

    public FakeGitHub GitHub { get; }

    public Testing.GitHub.Actions.FakeRepository Issues { get; }

    public KillSwitch Kill { get; }

    public IRecords Records { get; set; }

    public InMemoryAlertLog Log { get; }

    public TimeSpan Cooldown { get; set; } = TimeSpan.Zero;

    public bool HasIssueChannel { get; set; } = true;

    public static async Task<AlertDesk> StartAsync()
    {
        var desk = new AlertDesk(await FakeWebhook.StartAsync(), await FakeGitHub.StartAsync(Token), new KillSwitch());
        return desk;
    }

    public Task<TellOutcome> TellAsync(params BudgetStatus[] statuses) =>
        NewProcess().Tell.ExecuteAsync(statuses, [], Token);

    public Task<TellOutcome> TellFindingsAsync(params Finding[] findings) =>
        NewProcess().Tell.ExecuteAsync([], findings, Token);

    public Task<TellOutcome> SendAsync() => NewProcess().Send.ExecuteAsync(Token);

    public (TellAlerts Tell, SendAlerts Send) NewProcess()
    {
        IReadOnlyList<IAlertChannel> channels =
        [
            new KillableChannel(Slack(), Kill),
            .. HasIssueChannel ? [new KillableChannel(IssueChannel(), Kill)] : Array.Empty<IAlertChannel>(),
        ];
        var configuration = new AlertsConfiguration { Cooldown = Cooldown };
        var send = new SendAlerts(Records, channels, configuration, Log, Clock);
        return (new TellAlerts(Records, channels, configuration, send, Clock), send);
    }

    public WebhookChannel Slack(AlertChannelKind kind = AlertChannelKind.Slack)
    {
        var connection = new WebhookConnection(Clock);
        connections.Add(connection);
        return new WebhookChannel(connection, new AlertChannelConfiguration
        {
            Name = "hook", Kind = kind, Url = new Secret(Webhook.Url.AbsoluteUri),
        });
    }

    public GitHubIssueChannel IssueChannel(GitHubConfiguration? configuration = null)
    {
        var connection = new GitHubConnection(
            Clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1), Jitter = () => 0.5 });
        connections.Add(connection);
        return new GitHubIssueChannel(
            connection,
            configuration ?? new GitHubConfiguration { ApiUrl = GitHub.Url, Token = new Secret(GitHub.Token) },
            new AlertChannelConfiguration
            {
                Name = "issues", Kind = AlertChannelKind.GitHubIssue, Repository = "acme/ops",
            });
    }

    /// <summary>What the webhook was told, in order.</summary>
    public IReadOnlyList<string> Told =>
        [.. Webhook.Received.Select(message => message.Body["text"]!.GetValue<string>().Split('\n')[0])];

    /// <summary>What the one issue says: the event that it began with, and one for each comment.</summary>
    public static IReadOnlyList<string> ToldBy(FakeIssue issue) =>
        [.. issue.Comments.Select(comment => comment.Split('\n')[1].Trim('*'))];

    public static string Title(int percent) => $"Budget web reached {percent} % of its limit";

    /// <summary>A budget of 100 US dollars a month, as it stands at a percentage.</summary>
    public static BudgetStatus Status(decimal percent, decimal limitUsd = 100m)
    {
        var spent = AiCredits.NanoCreditsFromUsd(limitUsd * percent / 100m);
        return new BudgetStatus
        {
            Budget = new Budget
            {
                Name = "web", Period = BudgetPeriodKind.Month, IsInUsd = true,
                LimitNanoCredits = AiCredits.NanoCreditsFromUsd(100m),
            },
            From = new DateOnly(2026, 11, 1),
            To = new DateOnly(2026, 12, 1),
            LimitNanoCredits = AiCredits.NanoCreditsFromUsd(limitUsd),
            SettledNanoCredits = spent,
            ProvisionalNanoCredits = 0,
            EstimatedNanoCredits = 0,
            Spent = new CalibratedAmount(spent, spent, spent),
            IncompleteReasons = [],
            EvaluatedAt = Start,
        };
    }

    public static Finding Finding(string subject, decimal usd, string path = ".github/workflows/a.lock.yml") =>
        new("runaway-turns", subject, new DateOnly(2026, 11, 18))
        {
            Repository = "acme/web",
            WorkflowPath = path,
            Message = $"The run of {subject} went on.",
            Evidence = [],
            AtStakeNanoCredits = AiCredits.NanoCreditsFromUsd(usd),
            Control = "Set max-turns.",
        };

    public async ValueTask DisposeAsync()
    {
        connections.ForEach(connection => connection.Dispose());
        await Webhook.DisposeAsync();
        await GitHub.DisposeAsync();
    }
}
