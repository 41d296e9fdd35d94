using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Sweeping;

/// <summary>
/// Repositories, runs and deliveries in memory, listed as GitHub lists them: pages of 100, no more than 1,000 runs of a
/// period. Counts every request.
/// </summary>
internal sealed class SimulatedGitHub(TestClock clock, KillSwitch? kill = null) : IRunSource, IDeliverySource
{
    private const int PageItems = 100;
    private const int ResultsMax = 1_000;

    private readonly SortedDictionary<string, List<SimulatedRun>> repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<long, SimulatedRun> byId = [];
    private readonly Dictionary<long, long> requestsByHour = [];

    public bool IsConfigured { get; set; } = true;

    bool IDeliverySource.IsConfigured => HasApp;

    public bool HasApp { get; set; } = true;

    /// <summary>Why a question is refused; null when it is not. Asked with the method and the repository.</summary>
    public Func<string, string, ProviderRefusal?> Refuse { get; set; } = (_, _) => null;

    /// <summary>Every attempt to deliver, oldest first.</summary>
    public List<DeliveryAttempt> Deliveries { get; } = [];

    /// <summary>The attempts that were asked to be sent again, in order.</summary>
    public List<long> SentAgain { get; } = [];

    /// <summary>What happens to a delivery that is sent again.</summary>
    public Action<DeliveryAttempt> OnSentAgain { get; set; } = _ => { };

    /// <summary>The periods that were asked for, with the repository and the page.</summary>
    public List<(string Repository, DateTimeOffset From, DateTimeOffset To, int Page)> Listed { get; } = [];

    public long Requests => requestsByHour.Values.Sum();

    public IReadOnlyDictionary<long, long> RequestsByHour => requestsByHour;

    public int Repositories => repositories.Count;

    public void AddRepository(string name) => repositories.TryAdd(name, []);

    public void RemoveRepository(string name) => repositories.Remove(name);

    /// <summary>Adds a run; those of a repository in the order of their creation.</summary>
    public SimulatedRun AddRun(
        string repository, long id, DateTimeOffset createdAt, bool isAgents = true, TimeSpan? lasts = null)
    {
        AddRepository(repository);
        var run = new SimulatedRun(repository, id, createdAt, isAgents)
            .Add(createdAt, lasts ?? TimeSpan.FromMinutes(5));
        repositories[repository].Add(run);
        byId.Add(id, run);
        return run;
    }

    public Task<ProviderAnswer<FoundRun>> FindRunAsync(
        RepositoryAccess repository, long runId, int? attempt, CancellationToken cancellation) =>
        Answer<FoundRun>(nameof(FindRunAsync), repository.FullName, () => byId.TryGetValue(runId, out var run)
            ? run.At(clock.Now)
            : new ProviderRefusal(ProviderRefusal.NotFound, "There is no such run.", null));

    public Task<ProviderAnswer<RunPage>> ListRunsAsync(
        RepositoryAccess repository, DateTimeOffset from, DateTimeOffset to, int page, CancellationToken cancellation)
    {
        Listed.Add((repository.FullName, from, to, page));
        return Answer<RunPage>(nameof(ListRunsAsync), repository.FullName, () =>
        {
            var runs = repositories[repository.FullName];
            // What is created within the last second counts to its end.
            var begin = FirstAt(runs, from);
            var end = FirstAt(runs, Earlier(to + TimeSpan.FromSeconds(1), clock.Now + TimeSpan.FromTicks(1)));
            var last = Math.Max(begin, end - ResultsMax);
            var first = end - ((page - 1) * PageItems);
            var shown = new List<FoundRun>();
            for (var at = first - 1; at >= Math.Max(last, first - PageItems); at--)
                shown.Add(runs[at].At(clock.Now));
            return new RunPage(shown, shown.Count, Math.Min(ResultsMax, Math.Max(0, end - begin)));
        });
    }

    public Task<ProviderAnswer<ArtifactPage>> ListArtifactsAsync(
        RepositoryAccess repository, long runId, int page, CancellationToken cancellation) =>
        Answer<ArtifactPage>(nameof(ListArtifactsAsync), repository.FullName, () => new ArtifactPage([], 0, 0));

    public Task<ProviderAnswer<JobPage>> ListJobsAsync(
        RepositoryAccess repository, long runId, int attempt, int page, CancellationToken cancellation) =>
        Answer<JobPage>(nameof(ListJobsAsync), repository.FullName, () => new JobPage(1, 1, 1));

    public Task<ProviderRefusal?> DownloadArtifactAsync(
        RepositoryAccess repository, long artifactId, Stream target, long bytesMax, CancellationToken cancellation) =>
        throw new NotSupportedException("No run here has an artifact.");

    /// <summary>Why the list is not whole.</summary>
    public ProviderRefusal? Unlisted { get; set; }

    public Task<ProviderAnswer<RepositoryListing>> ListRepositoriesAsync(
        string? organization, CancellationToken cancellation)
    {
        var names = repositories.Keys
            .Where(name => organization is null || name.StartsWith(organization + "/", StringComparison.Ordinal))
            .ToList();
        // The installations, a token, and the pages.
        Count(1 + (names.Count / PageItems));
        return Answer<RepositoryListing>(nameof(ListRepositoriesAsync), organization ?? "", () =>
            new RepositoryListing(
                [.. names.Select(name => new RepositoryAccess("github.com", name.Split('/')[0], name.Split('/')[1], 9))],
                Unlisted));
    }

    public Task<ProviderAnswer<DeliveryPage>> ListAsync(string? after, CancellationToken cancellation) =>
        Answer<DeliveryPage>(nameof(ListAsync), "", () =>
        {
            var end = after is null ? Deliveries.Count : int.Parse(after, null);
            var begin = Math.Max(0, end - PageItems);
            var page = Deliveries[begin..end];
            page.Reverse();
            return new DeliveryPage(page, begin > 0 ? begin.ToString((IFormatProvider?)null) : null);
        });

    public async Task<ProviderRefusal?> RedeliverAsync(long attemptId, CancellationToken cancellation)
    {
        var (found, refusal) = await Answer<DeliveryAttempt>(
            nameof(RedeliverAsync), "", () => Deliveries.Single(attempt => attempt.Id == attemptId));
        if (found is null)
            return refusal;
        SentAgain.Add(attemptId);
        OnSentAgain(found);
        return null;
    }

    private Task<ProviderAnswer<T>> Answer<T>(string method, string repository, Func<ProviderAnswer<T>> answer)
        where T : class
    {
        kill?.Count();
        Count(1);
        return Task.FromResult(Refuse(method, repository) is { } refusal ? refusal : answer());
    }

    private void Count(int requests)
    {
        var hour = clock.Now.ToUnixTimeSeconds() / 3_600;
        requestsByHour[hour] = requestsByHour.GetValueOrDefault(hour) + requests;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    // The number of runs that were created before a time.
    private static int FirstAt(List<SimulatedRun> runs, DateTimeOffset at)
    {
        var (low, high) = (0, runs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].CreatedAt < at)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
