using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.Anthropic;
using TokenLedger.Providers.GitHub;
using TokenLedger.Providers.GitHub.Billing;
using TokenLedger.Providers.GitHub.Issues;
using TokenLedger.Providers.GitHub.Probing;
using TokenLedger.Providers.Http;
using TokenLedger.Providers.OpenAI;
using TokenLedger.Providers.Webhooks;

namespace TokenLedger.Hosting.Composition;

/// <summary>Everyone outside who can be asked, over connections that everything in the process shares.</summary>
public sealed class ProviderSources : IDisposable
{
    private readonly GitHubConnection github;
    private readonly AnthropicConnection anthropic;
    private readonly OpenAIConnection openAI;
    private readonly WebhookConnection webhooks;
    private readonly GitHubConfiguration gitHubConfiguration;

    /// <param name="configuration">Where they are, and what they are asked with.</param>
    /// <param name="options">The bounds on asking GitHub; the others are given as much time.</param>
    /// <param name="time">The clock.</param>
    public ProviderSources(LedgerConfiguration configuration, GitHubOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        github = new GitHubConnection(time, options);
        var others = new CostReportOptions
        {
            TimeOut = options.TimeOut,
            RetryDelay = options.RetryDelay,
            Jitter = options.Jitter,
        };
        anthropic = new AnthropicConnection(time, others);
        openAI = new OpenAIConnection(time, others);
        webhooks = new WebhookConnection(time);
        gitHubConfiguration = configuration.GitHub;
        Bills =
        [
            .. GitHubBillingSource.OfAllViews(github),
            new AnthropicBillingSource(anthropic),
            new AnthropicUsageSource(anthropic),
            new AnthropicClaudeCodeSource(anthropic),
            new OpenAIBillingSource(openAI),
            new OpenAIUsageSource(openAI),
        ];
        Reports = new GitHubReportSource(github);
        Outcomes = new GitHubOutcomeSource(github, configuration.GitHub);
        Runs = new GitHubRunSource(github, configuration.GitHub);
        Control = new GitHubRunControl(github, configuration.GitHub);
        Deliveries = new GitHubDeliverySource(github, configuration.GitHub);
        Budgets = new GitHubBudgets(github);
        Probe = new GitHubProbe(github, configuration.GitHub);
    }

    /// <summary>Who can be asked for a bill.</summary>
    public IReadOnlyList<IBillingSource> Bills { get; }

    /// <summary>Who makes reports of bills.</summary>
    public IReportSource Reports { get; }

    /// <summary>Who can be asked for runs and artifacts.</summary>
    public IRunSource Runs { get; }

    /// <summary>Who stops runs and workflows, where an action of findings is configured.</summary>
    public IRunControl Control { get; }

    /// <summary>Who can be asked for pull requests and issues.</summary>
    public IOutcomeSource Outcomes { get; }

    /// <summary>Who can be asked for deliveries to the webhook.</summary>
    public IDeliverySource Deliveries { get; }

    /// <summary>Who keeps budgets itself.</summary>
    public IProviderBudgets Budgets { get; }

    /// <summary>What may be asked, and why not.</summary>
    public IProviderProbe Probe { get; }

    /// <summary>A channel that leads out of the service: issues, or a webhook.</summary>
    public IAlertChannel ChannelOf(AlertChannelConfiguration channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Kind == AlertChannelKind.GitHubIssue
            ? new GitHubIssueChannel(github, gitHubConfiguration, channel)
            : new WebhookChannel(webhooks, channel);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        github.Dispose();
        anthropic.Dispose();
        openAI.Dispose();
        webhooks.Dispose();
    }
}
