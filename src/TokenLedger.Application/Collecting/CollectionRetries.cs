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

    // Artifacts are listed when a run ends (GitHub's documentation, 2026-10); what is late is late by minutes.
    private static readonly TimeSpan[] NotYet =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How often artifacts without telemetry are looked at again.</summary>
    public static int TriesMax => NotYet.Length;

    /// <summary>When to look for late artifacts; null when no more.</summary>
    public static TimeSpan? AfterNothing(CollectRunMessage message) =>
        message.Tries < NotYet.Length ? NotYet[message.Tries] : null;

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
