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

    // Doubled with each wait, it is an hour from the tenth on.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    private const int DoublingsMax = 10;

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
        // A server that says "in a second" for hours must not use up the waits.
        var growing = FirstWait * (1 << Math.Min(message.Waits, DoublingsMax));
        var wait = refusal.RetryAfter is { } said ? Max(said, growing)
            : refusal.NeedsMending ? Longest
            : Max(TimeSpan.FromMinutes(1), growing);
        return wait < Longest ? wait : Longest;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
