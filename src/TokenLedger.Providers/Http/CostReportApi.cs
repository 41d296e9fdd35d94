using Polly;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.Http;

/// <summary>Asks a provider for pages of its cost report. What it says is an answer, never an exception.</summary>
internal sealed class CostReportApi(
    HttpClient client, TimeProvider time, CostReportOptions options, ICostReportProvider provider)
{
    private readonly ResiliencePipeline pipeline =
        ProviderClient.Retrying(time, options.RetryDelay, options.Jitter);

    /// <summary>Says why there is no answer.</summary>
    public CostReportRefusals Refusals { get; } = new(provider);

    /// <summary>The body, or why there is none.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="bytesMax">Bytes that the body may have.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<(ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal)> AskAsync(
        CostReportQuestion question, int bytesMax, CancellationToken cancellation)
    {
        if (!SafeAddress.Is(question.Url))
            throw new ArgumentException("A key travels over TLS only.", nameof(question));
        using var timeOut = new CancellationTokenSource(options.TimeOut, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            return await pipeline.ExecuteAsync(
                async (asked, token) => await AskOnceAsync(asked, bytesMax, token), question, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (default, Refusals.TimedOut(question, options.TimeOut));
        }
        catch (HttpRequestException failure)
        {
            return (default, Refusals.Of(question, failure));
        }
        catch (IOException)
        {
            // Only the reading of a body ends so.
            return (default, Refusals.CutOff(question));
        }
        catch (InvalidDataException)
        {
            return (default, Refusals.Malformed(question, "cannot be decompressed"));
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal)> AskOnceAsync(
        CostReportQuestion question, int bytesMax, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Url);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("tokenledger");
        provider.Sign(request, question.Key);
        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            return (default, Refusals.Of(question, response, time.GetUtcNow()));
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var (body, isWhole) = await BoundedBody.ReadAsync(stream, bytesMax, cancellation);
        return isWhole ? (body, null) : (default, Refusals.TooLarge(question, options));
    }
}
