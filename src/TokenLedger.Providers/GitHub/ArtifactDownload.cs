using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Fetches an artifact: GitHub names an address on another server that is valid for a minute, and no token goes there.
/// </summary>
internal sealed class ArtifactDownload(GitHubConnection github)
{
    // An address that has run out or a connection that broke: GitHub is asked for another.
    private const int TriesMax = 3;

    private readonly SignedDownload signed = new(github);

    /// <summary>Writes the artifact; null when it is whole.</summary>
    public async Task<ProviderRefusal?> RunAsync(
        GitHubQuestion question, Stream target, long bytesMax, CancellationToken cancellation)
    {
        var start = target.Position;
        var bound = github.Options.DownloadTimeOut;
        using var timeOut = new CancellationTokenSource(bound, github.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var (_, refusal, elsewhere) = await github.Api.AskAsync(question, either.Token);
                if (refusal is not null)
                    return refusal;
                target.SetLength(start);
                target.Position = start;
                refusal = await signed.FetchAsync(question, elsewhere!, target, bytesMax, either.Token);
                if (refusal is not { Code: ProviderRefusal.Unavailable or ProviderRefusal.CutOff }
                    || attempt == TriesMax)
                    return refusal;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return GitHubRefusals.TimedOut(question, bound);
        }
    }
}
