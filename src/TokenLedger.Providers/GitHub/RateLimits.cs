using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.GitHub;

/// <summary>Reads from an answer whether GitHub was asked too often, and when it may be asked again.</summary>
/// <remarks>Rules of GitHub's REST documentation, 2026-10: <c>retry-after</c>, else <c>x-ratelimit-reset</c> once
/// nothing remains, else at least a minute.</remarks>
internal static class RateLimits
{
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait; null when the answer is about something else.</summary>
    /// <param name="response">An answer other than success.</param>
    /// <param name="body">The beginning of its body.</param>
    /// <param name="now">The time, UTC.</param>
    public static TimeSpan? Wait(HttpResponseMessage response, string body, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden))
            return null;
        var isLimited = response.StatusCode == HttpStatusCode.TooManyRequests
            || IsUsedUp(response.Headers)
            || response.Headers.RetryAfter is not null
            || body.Contains("rate limit", StringComparison.OrdinalIgnoreCase);
        if (!isLimited)
            return null;
        return RetryAfter.Of(response.Headers, now)
            ?? (IsUsedUp(response.Headers) ? UntilReset(response.Headers, now) : null)
            ?? Unsaid;
    }

    /// <summary>How long to rest after an answer that was the last one allowed; null when more are.</summary>
    public static TimeSpan? UsedUp(HttpResponseHeaders headers, DateTimeOffset now) =>
        IsUsedUp(headers) ? UntilReset(headers, now) : null;

    private static bool IsUsedUp(HttpResponseHeaders headers) => First(headers, "x-ratelimit-remaining") is "0";

    private static TimeSpan? UntilReset(HttpResponseHeaders headers, DateTimeOffset now) =>
        long.TryParse(
            First(headers, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
        && reset <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? RetryAfter.Bounded(DateTimeOffset.FromUnixTimeSeconds(reset) - now)
            : null;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First().Trim() : null;
}
