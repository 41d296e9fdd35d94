using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Providers.GitHub;

/// <summary>Pull requests and issues from GitHub's REST API (paths and fields as documented, 2026-11).</summary>
/// <remarks>
/// An App is asked with a token of its own for reading pull requests and issues: an App that may not read them still
/// reads runs.
/// </remarks>
public sealed class GitHubOutcomeSource : IOutcomeSource
{
    private readonly GitHubConnection github;
    private readonly GitHubConfiguration configuration;
    private readonly GitHubCredentials credentials;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and what it is asked with.</param>
    public GitHubOutcomeSource(GitHubConnection github, GitHubConfiguration configuration)
    {
        this.github = github;
        this.configuration = configuration;
        credentials = new GitHubCredentials(github, configuration, GitHubCredentials.NeededOfOutcomes);
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<OutcomeEvent>> FindAsync(
        RepositoryAccess repository, long number, WorkKind? kind, CancellationToken cancellation)
    {
        if (kind == WorkKind.PullRequest)
            return await AskAsync(repository, "pulls", number, cancellation);
        var (issue, refusal) = await AskAsync(repository, "issues", number, cancellation);
        if (refusal is not null)
            return refusal;
        // Every pull request is an issue too; which of the two it is, its own page's address tells.
        return issue!.IsPullRequest ? await AskAsync(repository, "pulls", number, cancellation) : issue;
    }

    private async Task<ProviderAnswer<OutcomeEvent>> AskAsync(
        RepositoryAccess repository, string kind, long number, CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var (credential, refused) = await credentials.OfRepositoryAsync(repository, cancellation);
            if (credential is null)
                return refused!;
            var text = number.ToString(CultureInfo.InvariantCulture);
            var question = new GitHubQuestion(
                GitHubAddress.Of(configuration.ApiUrl, "repos", repository.Owner, repository.Name, kind, text),
                credential,
                GitHubSubject.Repository($"number {text}", repository.FullName)) { MovesWithin = configuration.ApiUrl };
            var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
            // An installation's token can end before its time; the next is asked for once.
            if (refusal is { Code: ProviderRefusal.Unauthorized } && credentials.Forget(credential) && isFirst)
                continue;
            if (refusal is not null)
                return refusal;
            return OutcomeEventReader.ReadAnswer(body, repository.FullName) is { } told
                ? told
                : GitHubRefusals.Malformed(question, "is of another form than GitHub documents");
        }
    }
}
