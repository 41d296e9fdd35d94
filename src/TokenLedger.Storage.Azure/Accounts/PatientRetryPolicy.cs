using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>Azure.Core's retries, except that a very long Retry-After ends them.</summary>
internal sealed class PatientRetryPolicy(StorageClientOptions options) : RetryPolicy(
    options.Retry.MaxRetries,
    DelayStrategy.CreateExponentialDelayStrategy(options.Retry.Delay, options.Retry.MaxDelay))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        IsShortWait(message) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsShortWait(message) ? base.ShouldRetryAsync(message, exception) : ValueTask.FromResult(false);

    private bool IsShortWait(HttpMessage message) =>
        !message.HasResponse || !(RetryAfter.Of(message.Response, options.Time) > options.RetryAfterMax);
}
