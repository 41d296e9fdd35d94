using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>Cancels runs, disables and enables workflows over GitHub's REST API (as documented, 2026-11).</summary>
public sealed class GitHubRunControl : IRunControl
{
    private readonly GitHubConnection github;
    private readonly GitHubConfiguration configuration;
    private readonly GitHubCredentials credentials;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and what it is asked with.</param>
    public GitHubRunControl(GitHubConnection github, GitHubConfiguration configuration)
    {
        this.github = github;
        this.configuration = configuration;
        credentials = new GitHubCredentials(github, configuration, GitHubCredentials.NeededForControl);
    }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<WorkflowState>> FindWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation)
    {
        WorkflowState? state = null;
        var refusal = await AskAsync(
            HttpMethod.Get, repository, $"the workflow {file}", ["actions", "workflows", file],
            (question, body) =>
            {
                using var answer = GitHubJson.Parse(body);
                state = answer?.RootElement.TextOf("state"u8) is { Length: > 0 } text ? new WorkflowState(text) : null;
                return state is null ? GitHubRefusals.Malformed(question, "tells no state of a workflow") : null;
            },
            cancellation);
        return new ProviderAnswer<WorkflowState>(refusal is null ? state : null, refusal);
    }

    /// <inheritdoc/>
    public Task<ProviderRefusal?> CancelRunAsync(
        RepositoryAccess repository, long runId, CancellationToken cancellation)
    {
        var id = runId.ToString(CultureInfo.InvariantCulture);
        return AskAsync(
            HttpMethod.Post, repository, $"cancelling run {id}", ["actions", "runs", id, "cancel"], null, cancellation);
    }

    /// <inheritdoc/>
    public Task<ProviderRefusal?> DisableWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation) => AskAsync(
            HttpMethod.Put, repository, $"disabling the workflow {file}", ["actions", "workflows", file, "disable"],
            null, cancellation);

    /// <inheritdoc/>
    public Task<ProviderRefusal?> EnableWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation) => AskAsync(
            HttpMethod.Put, repository, $"enabling the workflow {file}", ["actions", "workflows", file, "enable"],
            null, cancellation);

    // An installation's token can end before its time; whoever has one asks for the next once.
    private async Task<ProviderRefusal?> AskAsync(
        HttpMethod method, RepositoryAccess repository, string what, string[] path,
        Func<GitHubQuestion, ReadOnlyMemory<byte>, ProviderRefusal?>? read, CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var (credential, refused) = await credentials.OfRepositoryAsync(repository, cancellation);
            if (credential is null)
                return refused;
            var question = new GitHubQuestion(
                GitHubAddress.Of(configuration.ApiUrl, ["repos", repository.Owner, repository.Name, .. path]),
                credential, GitHubSubject.Control(what, repository.FullName)) { Method = method };
            var (body, refusal, _) = await github.Api.AskAsync(question, cancellation);
            if (refusal is null)
                return read?.Invoke(question, body);
            if (refusal is not { Code: ProviderRefusal.Unauthorized } || !credentials.Forget(credential) || !isFirst)
                return refusal;
        }
    }
}
