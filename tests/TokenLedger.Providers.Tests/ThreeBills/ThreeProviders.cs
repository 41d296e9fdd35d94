using System.Globalization;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Anthropic;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.OpenAI;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.ThreeBills;

/// <summary>Anthropic, OpenAI and GitHub over HTTP, each showing of the month's money what it shows by now.</summary>
internal sealed class ThreeProviders(MonthOfThree month) : IAsyncDisposable
{
    public const string AgentsWorkspace = "wrkspc_agents";
    public const string AgentsProject = "proj_agents";
    public const string Organization = "acme";

    private const decimal FirstLookPart = 0.9m;

    // After the day's end.
    private static readonly TimeSpan AnthropicLag = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OpenAILag = TimeSpan.FromHours(5);
    private static readonly TimeSpan GitHubLag = TimeSpan.FromHours(29);

    private static readonly (TokenKind Kind, string Anthropic, string OpenAI)[] Kinds =
    [
        (TokenKind.Input, "uncached_input_tokens", "input"),
        (TokenKind.Output, "output_tokens", "output"),
        (TokenKind.CacheRead, "cache_read_input_tokens", "cached input"),
        (TokenKind.CacheWrite5m, "cache_creation.ephemeral_5m_input_tokens", "cache writes"),
    ];

    private FakeAnthropic? anthropic;
    private FakeOpenAI? openAI;
    private FakeGitHub? github;

    public FakeAnthropic Anthropic => anthropic!;

    public FakeOpenAI OpenAI => openAI!;

    public FakeGitHub GitHub => github!;

    public async Task StartAsync(CancellationToken cancellation)
    {
        anthropic = await FakeAnthropic.StartAsync(cancellation);
        openAI = await FakeOpenAI.StartAsync(cancellation);
        github = await FakeGitHub.StartAsync(cancellation);
        anthropic.RowsPerPage = 3;
        openAI.RowsPerPage = 5;
        openAI.OmitsNulls = true;
        github.Bills.Add("organizations/" + Organization);
    }

    public async ValueTask DisposeAsync()
    {
        if (anthropic is not null)
            await anthropic.DisposeAsync();
        if (openAI is not null)
            await openAI.DisposeAsync();
        if (github is not null)
            await github.DisposeAsync();
    }

    /// <summary>The money of a day that its final bill shows, in whole nano-credits.</summary>
    public long FinalNanoCredits(Channel channel, DateOnly day) => channel == Channel.Copilot
        ? TrueUse.NanoCredits(CopilotCredits(day) / 100m)
        : month.Uses.Where(use => use.Channel == channel && use.Day == day)
            .GroupBy(use => use.RunId is not null)
            .SelectMany(place => Kinds.Select(kind => Sum(place, kind.Kind)))
            .Sum(TrueUse.NanoCredits);

    /// <summary>Shows what each provider shows at a time, and makes one of them fail now and then.</summary>
    public void ShowAt(DateTimeOffset now, int poll)
    {
        anthropic!.Costs.Clear();
        anthropic.Counts.Clear();
        openAI!.Costs.Clear();
        for (var day = MonthOfThree.FirstDay; day < MonthOfThree.EndDay; day = day.AddDays(1))
        {
            var end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            if (now >= end + AnthropicLag)
                ShowAnthropic(day, now - end);
            if (now >= end + OpenAILag)
                ShowOpenAI(day, now - end);
            if (now >= end + GitHubLag)
                ShowGitHub(day, now - end);
        }

        anthropic.Misbehave(poll % 11 == 3
            ? [new ProviderFault { Status = 429, Body = "{}", Headers = { ["Retry-After"] = "600" }, Times = 1 }] : []);
        openAI.Misbehave(poll % 13 == 5 ? [new ProviderFault { Status = 500, Body = "{}" }] : []);
        github!.Misbehave(poll % 17 == 7 ? [new ProviderFault { IsCut = true }] : []);
    }

    private void ShowAnthropic(DateOnly day, TimeSpan age)
    {
        foreach (var (isOfRuns, workspace) in ((bool, string?)[])[(true, AgentsWorkspace), (false, null)])
        {
            var uses = month.Of(Channel.Anthropic, day, isOfRuns).ToList();
            foreach (var (kind, type, _) in Kinds)
            {
                var cents = Sum(uses, kind) * 100m * PartAt(Channel.Anthropic, day, age);
                Anthropic.Costs.Add(new FakeCost(
                    day, cents.ToString(CultureInfo.InvariantCulture), "claude-sonnet-5-5", type)
                {
                    Workspace = workspace,
                });
            }

            Anthropic.Counts.Add(new FakeTokenCount(
                day, "claude-sonnet-5-5", uses.Aggregate(default(TokenCounts), (sum, use) => sum + use.Tokens))
            {
                Workspace = workspace,
            });
        }
    }

    private void ShowOpenAI(DateOnly day, TimeSpan age)
    {
        foreach (var (isOfRuns, project) in ((bool, string)[])[(true, AgentsProject), (false, "proj_people")])
        {
            var uses = month.Of(Channel.OpenAI, day, isOfRuns).ToList();
            foreach (var (kind, _, item) in Kinds)
            {
                var usd = Sum(uses, kind) * PartAt(Channel.OpenAI, day, age);
                OpenAI.Costs.Add(new FakeOpenAICost(
                    day, usd.ToString("0.############################e+0", CultureInfo.InvariantCulture),
                    $"gpt-5.6-sol-2026-06-26, {item}")
                {
                    Project = project,
                    Quantity = uses.Sum(use => use.Tokens[kind]),
                });
            }
        }
    }

    private void ShowGitHub(DateOnly day, TimeSpan age) => GitHub.SetBill(
        "organizations/" + Organization, day,
        ("Claude Sonnet 5", decimal.Round(CopilotCredits(day) * PartAt(Channel.Copilot, day, age), 6)));

    private decimal CopilotCredits(DateOnly day) => decimal.Round(
        month.Of(Channel.Copilot, day, isOfRuns: true).Sum(use => Kinds.Sum(kind => use.BookedAiCredits(kind.Kind)))
            * month.CopilotPerMille[day] / 1_000m,
        6);

    private static decimal PartAt(Channel channel, DateOnly day, TimeSpan age) =>
        MonthOfThree.Revised[channel] is var revised && revised.Day == day && age < revised.RevisedAfter
            ? FirstLookPart : 1m;

    private static decimal Sum(IEnumerable<TrueUse> uses, TokenKind kind) => uses.Sum(use => use.PaidUsd(kind));
}
