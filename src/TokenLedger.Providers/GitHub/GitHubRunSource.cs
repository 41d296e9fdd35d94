using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Providers.GitHub;

/// <summary>Runs, artifacts and jobs from GitHub's REST API (paths and fields as documented, 2026-10).</summary>
public sealed class GitHubRunSource : IRunSource
{
    /// <summary>The most items that GitHub puts on a page.</summary>
    internal const int PageItems = 100;

    private readonly GitHubConnection github;
    private readonly GitHubConfiguration configuration;
    private readonly GitHubCredentials credentials;
    private readonly ArtifactDownload download;
    private readonly RepositoryList repositories;

    /// <param name="github">The way to GitHub.</param>
    /// <param name="configuration">Where it is, and what it is asked with.</param>
    public GitHubRunSource(GitHubConnection github, GitHubConfiguration configuration)
    {
        this.github = github;
        this.configuration = configuration;
        credentials = new GitHubCredentials(github, configuration);
        download = new ArtifactDownload(github);
        repositories = new RepositoryList(github, configuration, credentials);
    }

    /// <inheritdoc/>
    public bool IsConfigured => credentials.HasAny;

    /// <inheritdoc/>
    public Task<ProviderAnswer<FoundRun>> FindRunAsync(
        RepositoryAccess repository, long runId, int? attempt, CancellationToken cancellation)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"run {runId}");
        return AskAsync(
            repository, what, "",
            attempt is { } number
                ? ["actions", "runs", Text(runId), "attempts", Text(number)]
                : ["actions", "runs", Text(runId)],
            static body => RunAnswers.ReadRun(body.Span), cancellation);
    }

    /// <inheritdoc/>
    public Task<ProviderAnswer<RunPage>> ListRunsAsync(
        RepositoryAccess repository, DateTimeOffset from, DateTimeOffset to, int page, CancellationToken cancellation)
    {
        const string format = "yyyy-MM-dd'T'HH:mm:ss'Z'";
        var created = Uri.EscapeDataString(
            from.UtcDateTime.ToString(format, CultureInfo.InvariantCulture) + ".."
            + to.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
        return AskAsync(
            repository, "the runs", $"created={created}&{Page(page)}", ["actions", "runs"], RunAnswers.ReadRuns,
            cancellation);
    }

    /// <inheritdoc/>
    public Task<ProviderAnswer<ArtifactPage>> ListArtifactsAsync(
        RepositoryAccess repository, long runId, int page, CancellationToken cancellation) => AskAsync(
            repository, string.Create(CultureInfo.InvariantCulture, $"the artifacts of run {runId}"), Page(page),
            ["actions", "runs", Text(runId), "artifacts"], RunAnswers.ReadArtifacts, cancellation);

    /// <inheritdoc/>
    public Task<ProviderAnswer<JobPage>> ListJobsAsync(
        RepositoryAccess repository, long runId, int attempt, int page, CancellationToken cancellation) => AskAsync(
            repository, string.Create(CultureInfo.InvariantCulture, $"the jobs of run {runId}"), Page(page),
            ["actions", "runs", Text(runId), "attempts", Text(attempt), "jobs"], RunAnswers.ReadJobs, cancellation);

    /// <inheritdoc/>
    public Task<ProviderRefusal?> DownloadArtifactAsync(
        RepositoryAccess repository, long artifactId, Stream target, long bytesMax, CancellationToken cancellation)
    {
        var start = target.Position;
        return WithCredentialAsync(
            repository,
            credential =>
            {
                target.Position = start;
                var question = QuestionOf(
                    repository, string.Create(CultureInfo.InvariantCulture, $"artifact {artifactId}"), "",
                    ["actions", "artifacts", Text(artifactId), "zip"], credential) with
                {
                    ExpectsRedirect = true,
                };
                return download.RunAsync(question, target, bytesMax, cancellation);
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<ProviderAnswer<RepositoryListing>> ListRepositoriesAsync(
        string? organization, CancellationToken cancellation) => repositories.ReadAsync(organization, cancellation);

    private async Task<ProviderAnswer<T>> AskAsync<T>(
        RepositoryAccess repository, string what, string query, string[] path, Func<ReadOnlyMemory<byte>, T?> read,
        CancellationToken cancellation)
        where T : class
    {
        T? found = null;
        var refusal = await WithCredentialAsync(
            repository,
            async credential =>
            {
                var question = QuestionOf(repository, what, query, path, credential);
                var (body, refused, _) = await github.Api.AskAsync(question, cancellation);
                if (refused is not null)
                    return refused;
                found = read(body);
                return found is null
                    ? GitHubRefusals.Malformed(question, "is of another form than GitHub documents")
                    : null;
            },
            cancellation);
        return new ProviderAnswer<T>(refusal is null ? found : null, refusal);
    }

    // An installation's token can end before its time; whoever has one asks for the next once.
    private async Task<ProviderRefusal?> WithCredentialAsync(
        RepositoryAccess repository, Func<GitHubCredential, Task<ProviderRefusal?>> ask,
        CancellationToken cancellation)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var (credential, refused) = await credentials.OfRepositoryAsync(repository, cancellation);
            if (credential is null)
                return refused;
            var refusal = await ask(credential);
            if (refusal is not { Code: ProviderRefusal.Unauthorized } || !credentials.Forget(credential) || !isFirst)
                return refusal;
        }
    }

    private GitHubQuestion QuestionOf(
        RepositoryAccess repository, string what, string query, string[] path, GitHubCredential credential) => new(
            GitHubAddress.WithQuery(
                configuration.ApiUrl, query, ["repos", repository.Owner, repository.Name, .. path]),
            credential,
            GitHubSubject.Repository(what, repository.FullName)) { MovesWithin = configuration.ApiUrl };

    private static string Page(int page) =>
        string.Create(CultureInfo.InvariantCulture, $"per_page={PageItems}&page={page}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
