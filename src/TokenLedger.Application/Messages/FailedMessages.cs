using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Messages;

/// <summary>Counts how often a message failed, and opens an alert when it ends on its poison queue.</summary>
/// <remarks>
/// Behind the Functions host the count is our own: the host tells one too, in metadata that a message's own content can
/// overwrite. Only failures cost a write; a message that comes through in the end leaves a closed entry.
/// </remarks>
public sealed class FailedMessages(IAlertLog alerts, TimeProvider time)
{
    // Tries of one message lie minutes apart; the same text an hour later is another message.
    private static readonly TimeSpan TriesApart = TimeSpan.FromHours(1);

    // Enough of a hash to tell messages apart, little enough to read.
    private const int HashCharacters = 16;

    /// <summary>Notes a failure.</summary>
    /// <param name="queueName">The queue it came from.</param>
    /// <param name="text">The message; only its hash is kept.</param>
    /// <param name="reason">Why, for people; no content of the message and no secret.</param>
    /// <param name="dequeueCount">
    /// How often the message was handed out, this time included; null where nobody can be trusted to say.
    /// </param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Whether it was the last try.</returns>
    public async Task<bool> AddAsync(
        string queueName, string text, string reason, long? dequeueCount, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashCharacters];
        var subject = $"{queueName}/{hash}";
        var before = await alerts.FindAsync(Alert.FailedMessage, subject, cancellation);
        if (before is not null && now - before.LastAt > TriesApart)
            before = null;
        var count = dequeueCount is { } handedOut ? (int)Math.Min(handedOut, int.MaxValue) : (before?.Count ?? 0) + 1;
        var isLast = count >= QueueNames.DequeueCountMax;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"A message of {queueName} failed {count} times: {reason} It ends on {QueueNames.PoisonOf(queueName)}.");
        await alerts.StoreAsync(
            new Alert(Alert.FailedMessage, subject, message, before?.FirstAt ?? now, now, count, isLast), cancellation);
        return isLast;
    }
}
