using System.Net.Http.Headers;

namespace TokenLedger.Providers.Http;

/// <summary>Reads how long a provider wants to be left alone.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    // A limit resets within the hour; anything longer is a mistaken clock.
    private static readonly TimeSpan Most = TimeSpan.FromHours(24);

    /// <summary>What <c>retry-after</c> says; null without it.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter is not { } said ? null
        : said.Delta is { } delta ? Bounded(delta)
        : said.Date is { } date ? Bounded(date - now)
        : null;

    /// <summary>A wait within reason.</summary>
    public static TimeSpan Bounded(TimeSpan wait) => wait < Least ? Least : wait > Most ? Most : wait;
}
