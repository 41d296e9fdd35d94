using System.Xml.Linq;
using Azure.Core;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Queues;

/// <summary>One queue. Delivery is at least once and in no order.</summary>
/// <remarks>
/// Every method throws <see cref="ArgumentException"/> for what the service could not store and
/// <see cref="StorageFailureException"/> for failures that its outcomes do not name. NotFound is a missing queue or
/// message. A put that was repeated after a lost answer may have put two messages.
/// </remarks>
public sealed class QueueClient
{
    private readonly StorageService service;

    internal QueueClient(StorageService service, string name)
    {
        DashedName.Check(name, "queue");
        this.service = service;
        Name = name;
    }

    public string Name { get; }

    public QueueTextEncoding Encoding { get; init; } = QueueTextEncoding.Base64;

    /// <returns>Done or AlreadyExists.</returns>
    public async Task<StorageOutcome> CreateIfMissingAsync(CancellationToken cancellationToken = default)
    {
        var operation = $"create queue {Name}";
        var message = service.Message(RequestMethod.Put, $"/{Name}");
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        // 204: it is there with the same metadata, of which we give none.
        return response.Status == 204 ? StorageOutcome.AlreadyExists : service.Judge(response, operation);
    }

    /// <summary>Puts a message that lives until it is deleted.</summary>
    /// <param name="text">Its text, before encoding.</param>
    /// <param name="visibilityTimeout">How long it stays hidden first, 0 to 7 days; null: visible at once.</param>
    /// <param name="timeToLive">At least a second and more than the visibility time-out; null: for ever.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The message with a receipt, or NotFound.</returns>
    public async Task<StorageResult<QueueMessage>> PutAsync(
        string text,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default)
    {
        var hidden = visibilityTimeout ?? TimeSpan.Zero;
        QueueLimits.CheckVisibility(hidden, TimeSpan.Zero);
        if (timeToLive is { } life && (life < TimeSpan.FromSeconds(1) || life <= hidden))
            throw new ArgumentOutOfRangeException(
                nameof(timeToLive), "A message lives a second at least, and longer than it is hidden.");
        var operation = $"put a message into queue {Name}";
        var message = service.Message(
            RequestMethod.Post,
            $"/{Name}/messages",
            ("visibilitytimeout", HeaderNumbers.Seconds(hidden)),
            ("messagettl", timeToLive is { } ttl ? HeaderNumbers.Seconds(ttl) : "-1"));
        SetText(message, text);
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        if (outcome != StorageOutcome.Done)
            return new(outcome);
        var put = XmlBody.Read(response).Element("QueueMessage");
        return new(new QueueMessage(Part(put, "MessageId"), Part(put, "PopReceipt"), text, 0));
    }

    /// <summary>Takes messages and hides them from others.</summary>
    /// <param name="count">1 to 32.</param>
    /// <param name="visibilityTimeout">1 second to 7 days.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>As many as were visible, perhaps none, or NotFound: no such queue.</returns>
    public async Task<StorageResult<IReadOnlyList<QueueMessage>>> GetAsync(
        int count, TimeSpan visibilityTimeout, CancellationToken cancellationToken = default)
    {
        if (count is < 1 or > QueueLimits.MessagesPerGetMax)
            throw new ArgumentOutOfRangeException(
                nameof(count), $"1 to {QueueLimits.MessagesPerGetMax} messages can be taken at once.");
        QueueLimits.CheckVisibility(visibilityTimeout, TimeSpan.FromSeconds(1));
        var operation = $"take messages from queue {Name}";
        var message = service.Message(
            RequestMethod.Get,
            $"/{Name}/messages",
            ("numofmessages", HeaderNumbers.Text(count)),
            ("visibilitytimeout", HeaderNumbers.Seconds(visibilityTimeout)));
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        return outcome == StorageOutcome.Done
            ? new([.. XmlBody.Read(response).Elements("QueueMessage").Select(Read)])
            : new StorageResult<IReadOnlyList<QueueMessage>>(outcome);
    }

    /// <summary>Hides a taken message for another while, from now on, and may change its text.</summary>
    /// <returns>The message with its new receipt, ConditionNotMet when the receipt is old, or NotFound.</returns>
    public async Task<StorageResult<QueueMessage>> ExtendAsync(
        QueueMessage taken,
        TimeSpan visibilityTimeout,
        string? newText = null,
        CancellationToken cancellationToken = default)
    {
        QueueLimits.CheckVisibility(visibilityTimeout, TimeSpan.Zero);
        var operation = $"extend a message of queue {Name}";
        var message = service.Message(
            RequestMethod.Put,
            MessagePath(taken),
            ("popreceipt", taken.PopReceipt),
            ("visibilitytimeout", HeaderNumbers.Seconds(visibilityTimeout)));
        if (newText is not null)
            SetText(message, newText);
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        if (outcome != StorageOutcome.Done)
            return new(outcome);
        var receipt = response.Headers.TryGetValue("x-ms-popreceipt", out var given) ? given : taken.PopReceipt;
        return new(taken with { PopReceipt = receipt, Text = newText ?? taken.Text });
    }

    /// <returns>Done, ConditionNotMet when the receipt is old, or NotFound.</returns>
    public Task<StorageOutcome> DeleteAsync(QueueMessage taken, CancellationToken cancellationToken = default) =>
        service.OutcomeAsync(
            service.Message(RequestMethod.Delete, MessagePath(taken), ("popreceipt", taken.PopReceipt)),
            $"delete a message of queue {Name}",
            cancellationToken);

    /// <summary>About how many messages there are, hidden ones included.</summary>
    public async Task<StorageResult<long>> ApproximateCountAsync(CancellationToken cancellationToken = default)
    {
        var operation = $"count the messages of queue {Name}";
        var message = service.Message(RequestMethod.Get, $"/{Name}", ("comp", "metadata"));
        var response = await service.SendAsync(message, operation, cancellationToken).ConfigureAwait(false);
        var outcome = service.Judge(response, operation);
        response.Headers.TryGetValue("x-ms-approximate-messages-count", out var count);
        return outcome == StorageOutcome.Done ? new(HeaderNumbers.Read(count)) : new(outcome);
    }

    private string MessagePath(QueueMessage taken) => $"/{Name}/messages/{Uri.EscapeDataString(taken.Id)}";

    private void SetText(HttpMessage message, string text)
    {
        var encoded = QueueText.Encode(text, Encoding);
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.Content = RequestContent.Create(
            XmlBody.Write(new XElement("QueueMessage", new XElement("MessageText", encoded))));
    }

    private static QueueMessage Read(XElement message) => new(
        Part(message, "MessageId"),
        Part(message, "PopReceipt"),
        QueueText.Decode(Part(message, "MessageText")),
        checked((int)HeaderNumbers.Read(Part(message, "DequeueCount"))))
    {
        WireText = Part(message, "MessageText"),
        InsertedAt = BlobHeaders.Instant(message.Element("InsertionTime")?.Value),
        ExpiresAt = BlobHeaders.Instant(message.Element("ExpirationTime")?.Value),
        NextVisibleAt = BlobHeaders.Instant(message.Element("TimeNextVisible")?.Value),
    };

    private static string Part(XElement? message, string name) => message?.Element(name)?.Value
        ?? throw new InvalidDataException($"The service sent a message without {name}.");
}
