using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Queues;

/// <summary>What the service refuses, checked before anything is sent.</summary>
public static class QueueLimits
{
    /// <summary>Of the text as it is sent: Base64 leaves 48 KiB for the message itself.</summary>
    public const int MessageBytesMax = 65_536;

    public const int MessagesPerGetMax = 32;

    public static readonly TimeSpan VisibilityTimeoutMax = TimeSpan.FromDays(7);

    internal static void CheckVisibility(TimeSpan timeout, TimeSpan least)
    {
        if (timeout < least || timeout > VisibilityTimeoutMax)
            throw new ArgumentOutOfRangeException(
                nameof(timeout), $"A visibility time-out is {HeaderNumbers.Seconds(least)} seconds to 7 days.");
    }
}
