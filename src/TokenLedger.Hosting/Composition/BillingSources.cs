using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;

namespace TokenLedger.Hosting.Composition;

/// <summary>Everyone who can be asked for a bill.</summary>
public sealed class BillingSources : IDisposable
{
    private readonly HttpClient github = GitHubBillingSource.CreateClient();

    /// <param name="time">The clock.</param>
    public BillingSources(TimeProvider time) => All = [new GitHubBillingSource(github, time, new GitHubOptions())];

    /// <summary>The sources.</summary>
    public IReadOnlyList<IBillingSource> All { get; }

    /// <inheritdoc/>
    public void Dispose() => github.Dispose();
}
