using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub;

/// <summary>Fetches from a signed address on another server that GitHub named: no token goes there.</summary>
internal sealed class SignedDownload(GitHubConnection github)
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>Writes what lies there; null when it is whole.</summary>
    /// <param name="question">What it is about, for refusals.</param>
    /// <param name="address">The address; it is itself a secret.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="bytesMax">What may be written.</param>
    /// <param name="cancellation">Ends the download.</param>
    public async Task<ProviderRefusal?> FetchAsync(
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
