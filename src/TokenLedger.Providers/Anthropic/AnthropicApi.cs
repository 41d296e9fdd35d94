using Polly;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Anthropic;

/// <summary>Asks Anthropic's Admin API. What it says is an answer, never an exception.</summary>
internal sealed class AnthropicApi(HttpClient client, TimeProvider time, AnthropicOptions options)
{
    private const string ApiVersion = "2023-06-01";

    private readonly ResiliencePipeline pipeline =
        ProviderClient.Retrying(time, options.RetryDelay, options.Jitter);

    /// <summary>The body, or why there is none.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="bytesMax">Bytes that the body may have.</param>
    /// <param name="cancellation">Ends the request.</param>
    public async Task<(ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal)> AskAsync(
        AnthropicQuestion question, int bytesMax, CancellationToken cancellation)
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
            return (default, AnthropicRefusals.TimedOut(question, options.TimeOut));
        }
        catch (HttpRequestException failure)
        {
            return (default, AnthropicRefusals.Of(question, failure));
        }
        catch (IOException)
        {
            // Only the reading of a body ends so.
            return (default, AnthropicRefusals.CutOff(question));
        }
        catch (InvalidDataException)
        {
            return (default, AnthropicRefusals.Malformed(question, "cannot be decompressed"));
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, ProviderRefusal? Refusal)> AskOnceAsync(
        AnthropicQuestion question, int bytesMax, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Url);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("tokenledger");
        request.Headers.Add("anthropic-version", ApiVersion);
        // Checked, a key that is no header would stand in the exception's message.
        request.Headers.TryAddWithoutValidation("x-api-key", question.Key.Reveal());
        using var response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            return (default, AnthropicRefusals.Of(question, response, time.GetUtcNow()));
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var (body, isWhole) = await BoundedBody.ReadAsync(stream, bytesMax, cancellation);
        return isWhole ? (body, null) : (default, AnthropicRefusals.TooLarge(question, options));
    }
}
