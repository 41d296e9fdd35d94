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
        for (var attempt = 1; ; attempt++)
        {
            var (_, refusal, elsewhere) = await github.Api.AskAsync(question, cancellation);
            if (refusal is not null)
                return refusal;
            target.SetLength(start);
            target.Position = start;
            refusal = await FetchAsync(question, elsewhere!, target, bytesMax, cancellation);
            if (refusal is not { Code: ProviderRefusal.Unavailable or ProviderRefusal.CutOff } || attempt == TriesMax)
                return refusal;
        }
    }

    private async Task<ProviderRefusal?> FetchAsync(
        GitHubQuestion question, Uri address, Stream target, long bytesMax, CancellationToken cancellation)
    {
        using var timeOut = new CancellationTokenSource(github.Options.DownloadTimeOut, github.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await github.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            if (status is 404 or 410)
                return GitHubRefusals.Gone(question);
            if (!response.IsSuccessStatusCode)
                return GitHubRefusals.NotDelivered(question, status);
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            return await CopyAsync(content, target, bytesMax, either.Token)
                ? null
                : GitHubRefusals.TooLarge(question, bytesMax);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return GitHubRefusals.TimedOut(question, github.Options.DownloadTimeOut);
        }
        catch (HttpRequestException failure)
        {
            return GitHubRefusals.Of(question with { Url = address }, failure);
        }
        catch (IOException failure) when (failure is HttpIOException)
        {
            return GitHubRefusals.CutOff(question);
        }
    }

    private static async Task<bool> CopyAsync(
        Stream content, Stream target, long bytesMax, CancellationToken cancellation)
    {
        var block = new byte[BlockBytes];
        var left = bytesMax;
        while (await content.ReadAsync(block, cancellation) is var read and > 0)
        {
            left -= read;
            if (left < 0)
                return false;
            await target.WriteAsync(block.AsMemory(0, read), cancellation);
        }

        return true;
    }
}
