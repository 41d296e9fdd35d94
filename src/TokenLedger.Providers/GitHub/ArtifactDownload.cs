using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Fetches an artifact: GitHub names an address on another server that is valid for a minute, and no token goes there.
/// </summary>
internal sealed class ArtifactDownload(GitHubConnection github)
{
    private const int BlockBytes = 128 * 1024;

    // An address that has run out or a connection that broke: GitHub is asked for another.
    private const int TriesMax = 3;

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
                refusal = await FetchAsync(question, elsewhere!, target, bytesMax, either.Token);
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

    private async Task<ProviderRefusal?> FetchAsync(
        GitHubQuestion question, Uri address, Stream target, long bytesMax, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await github.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var status = (int)response.StatusCode;
            if (status is 404 or 410)
                return GitHubRefusals.Gone(question);
            if (!response.IsSuccessStatusCode)
                return GitHubRefusals.NotDelivered(question, status);
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            return await CopyAsync(question, content, target, bytesMax, cancellation);
        }
        catch (HttpRequestException failure)
        {
            return GitHubRefusals.Of(question with { Url = address }, failure);
        }
    }

    // Only what reading throws is an answer of the server's: a target that cannot be written is the caller's concern.
    private static async Task<ProviderRefusal?> CopyAsync(
        GitHubQuestion question, Stream content, Stream target, long bytesMax, CancellationToken cancellation)
    {
        var block = new byte[BlockBytes];
        for (var left = bytesMax; ;)
        {
            int read;
            try
            {
                read = await content.ReadAsync(block, cancellation);
            }
            catch (IOException)
            {
                return GitHubRefusals.CutOff(question);
            }
            catch (InvalidDataException)
            {
                return GitHubRefusals.Malformed(question, "cannot be decompressed");
            }

            if (read == 0)
                return null;
            left -= read;
            if (left < 0)
                return GitHubRefusals.TooLarge(question, bytesMax);
            await target.WriteAsync(block.AsMemory(0, read), cancellation);
        }
    }
}
