using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Collecting;

/// <summary>When a run is looked at again, and when no more. Pure.</summary>
public static class CollectionRetries
{
    /// <summary>
    /// Refusals after which a run is given up: at an hour each, over a week for somebody to mend a permission.
    /// </summary>
    public const int WaitsMax = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The most times that artifacts without telemetry are looked at again.</summary>
    public const int TriesMax = 10;

    /// <summary>When to look for late artifacts; null when no more.</summary>
    /// <param name="message">What was looked for.</param>
    /// <param name="delays">The wait after each look.</param>
    public static TimeSpan? AfterNothing(CollectRunMessage message, IReadOnlyList<TimeSpan> delays) =>
        message.Tries < delays.Count ? delays[message.Tries] : null;

    /// <summary>When to ask again after a refusal; null when no more.</summary>
    public static TimeSpan? After(ProviderRefusal refusal, CollectRunMessage message)
    {
        if (string.Equals(refusal.Code, ProviderRefusal.NoCredential, StringComparison.Ordinal)
            || message.Waits >= WaitsMax)
            return null;
        if (refusal.RetryAfter is { } said)
            return said < Longest ? said : Longest;
        return refusal.Code is ProviderRefusal.Unavailable or ProviderRefusal.CutOff or ProviderRefusal.RateLimited
            ? TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, 1 << Math.Min(message.Waits, 10)))
            // Somebody must mend something.
            : Longest;
    }
}
