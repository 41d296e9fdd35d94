using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using TokenLedger.Storage.Azure.Accounts;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>One of an account's services: makes and sends requests, tells expected failures from others.</summary>
internal sealed class StorageService(HttpPipeline pipeline, Uri endpoint, StorageClientOptions options)
{
    public Uri Endpoint { get; } = endpoint;

    public int RetriesMax => options.Retry.MaxRetries;

    /// <remarks>The path is already encoded and begins with a slash; parameters without a value are left out.</remarks>
    public HttpMessage Message(
        RequestMethod method, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(Endpoint);
        request.Uri.AppendPath(path, escape: false);
        foreach (var (name, value) in query)
        {
            if (value is not null)
                request.Uri.AppendQuery(name, Uri.EscapeDataString(value), escapeValue: false);
        }

        request.Headers.SetValue("x-ms-version", StorageClientOptions.ServiceVersion);
        return message;
    }

    /// <summary>The answer, whatever its status.</summary>
    /// <exception cref="StorageFailureException">No answer came, also after repeated attempts.</exception>
    public async Task<Response> SendAsync(HttpMessage message, string operation, CancellationToken cancellationToken)
    {
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            return message.Response;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && IsNoAnswer(failure))
        {
            throw new StorageFailureException(operation, 0, null, message.Request.ClientRequestId, failure);
        }
    }

    /// <summary>Done, or an expected failure.</summary>
    /// <exception cref="StorageFailureException">Any other failure.</exception>
    public async Task<StorageOutcome> OutcomeAsync(
        HttpMessage message, string operation, CancellationToken cancellationToken) =>
        Judge(await SendAsync(message, operation, cancellationToken).ConfigureAwait(false), operation);

    public StorageOutcome Judge(Response response, string operation)
    {
        if (response.Status is >= 200 and < 300)
            return StorageOutcome.Done;
        return ExpectedFailures.Find(response.Status, StorageError.CodeOf(response))
            ?? throw Failure(response, operation);
    }

    public StorageFailureException Failure(Response response, string operation) =>
        new(operation, response.Status, StorageError.CodeOf(response), response.ClientRequestId)
        {
            RetryAfter = RetryAfter.Of(response, options.Time),
        };

    /// <summary>Waits as the pipeline would before it repeats: twice as long each time, up to the longest.</summary>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var wait = options.Retry.Delay * Math.Pow(2, Math.Min(attempt - 1, 16));
        return Task.Delay(
            wait < options.Retry.MaxDelay ? wait : options.Retry.MaxDelay, options.Time, cancellationToken);
    }

    // AggregateException: Azure.Core's sum of all attempts. OperationCanceledException: its time-out.
    private static bool IsNoAnswer(Exception failure) => failure is
        RequestFailedException or AggregateException or OperationCanceledException or IOException
        or AuthenticationFailedException;
}
