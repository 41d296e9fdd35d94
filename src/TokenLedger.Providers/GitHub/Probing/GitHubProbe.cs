using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub.Probing;

/// <summary>Asks GitHub what each configured credential may ask (paths as documented, 2026-10).</summary>
public sealed class GitHubProbe : IProviderProbe
{
    private readonly GitHubConnection github;
    private readonly AppProbing app;
    private readonly ConcurrentDictionary<string, bool> silentHosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and what it is asked with.</param>
    public GitHubProbe(GitHubConnection github, GitHubConfiguration configuration)
    {
        this.github = github;
        app = new AppProbing(configuration, new GitHubCredentials(github, configuration), AskAsync);
    }

    /// <inheritdoc/>
    public Task<AppProbe> ProbeAppAsync(CancellationToken cancellation) => app.RunAsync(cancellation);

    /// <inheritdoc/>
    public async Task<ProbeAnswer> ProbeTokenAsync(Uri apiUrl, Secret token, CancellationToken cancellation)
    {
        // Every credential may ask it, and asking costs none of its limit.
        var question = new GitHubQuestion(
            GitHubAddress.Of(apiUrl, "rate_limit"), new GitHubCredential(token, "token"),
            GitHubSubject.App("the rate limit"));
        return (await AskAsync(question, static _ => null, cancellation)).Probe;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EndpointProbe>> ProbeBillingAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var probes = new List<EndpointProbe>();
        foreach (var view in GitHubBillingSource.Views)
        {
            var endpoint = BillViewName.Of(view);
            var question = QuestionOf(source, day, endpoint);
            var (probe, _) = await AskAsync(question, body => FaultOf(question, body.Span), cancellation);
            probes.Add(new EndpointProbe(
                endpoint, source.Asks(view) && GitHubBillingSource.HasDay(view, day), probe));
        }

        return probes;
    }

    /// <inheritdoc/>
    public async Task<string?> FindEnterpriseAsync(SourceConfiguration source, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Token is not { } token)
            return null;
        var question = new GitHubQuestion(
            GitHubAddress.Of(RootOf(source), "orgs", source.Account.Name), CredentialOf(source, token),
            GitHubSubject.Bill(source.Account));
        var (_, answer) = await AskAsync(question, static _ => null, cancellation);
        using var read = answer.Refusal is null ? GitHubJson.Parse(answer.Body) : null;
        // Reported by others, and not documented (2026-08): it may not be there.
        return read?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("enterprise"u8, out var enterprise)
            && enterprise.ValueKind == JsonValueKind.Object
            && enterprise.TryGetProperty("slug"u8, out var slug)
            && slug.ValueKind == JsonValueKind.String
            && slug.GetString() is { Length: > 0 and <= 100 } name
                ? name
                : null;
    }

    private async Task<(ProbeAnswer Probe, GitHubAnswer Answer)> AskAsync(
        GitHubQuestion question, Func<ReadOnlyMemory<byte>, ProviderRefusal?> check, CancellationToken cancellation)
    {
        if (silentHosts.ContainsKey(question.Url.Authority))
        {
            return (
                new ProbeAnswer(ProbeOutcome.Unreachable, null, $"{question.Url.Authority} does not answer.")
                {
                    IsOfSilentHost = true,
                },
                default);
        }

        var answer = await github.Api.AskAsync(question, cancellation);
        var probe = ProbedAnswer.Of(question, answer, answer.Refusal is null ? check(answer.Body) : null);
        if (probe.Outcome == ProbeOutcome.Unreachable)
            silentHosts[question.Url.Authority] = true;
        return (probe, answer);
    }

    private static GitHubQuestion QuestionOf(SourceConfiguration source, DateOnly day, string endpoint)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"year={day.Year}&month={day.Month}&day={day.Day}");
        return new GitHubQuestion(
            GitHubAddress.WithQuery(
                RootOf(source), query,
                [
                    GitHubAddress.Of(source.Account.Kind), source.Account.Name.Trim(), "settings", "billing",
                    .. endpoint.Split('/'),
                ]),
            CredentialOf(
                source, source.Token ?? throw new ArgumentException("The source has no token.", nameof(source))),
            GitHubSubject.Bill(source.Account));
    }

    private static ProviderRefusal? FaultOf(GitHubQuestion question, ReadOnlySpan<byte> body) =>
        AnswerForm.Check(body, "usageItems"u8) switch
        {
            AnswerFault.None => null,
            AnswerFault.CutOff => GitHubRefusals.CutOff(question),
            AnswerFault.NoBill => GitHubRefusals.Malformed(question, "has no usage items"),
            _ => GitHubRefusals.Malformed(question, "is no JSON"),
        };

    private static Uri RootOf(SourceConfiguration source) => source.ApiUrl ?? GitHubConfiguration.PublicApiUrl;

    private static GitHubCredential CredentialOf(SourceConfiguration source, Secret token) =>
        new(token, $"token of source {source.Name}");
}
