using TokenLedger.Application.Ports;
using TokenLedger.Application.Webhooks;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Keeps what GitHub's webhook tells of pull requests and issues that agent runs are linked to.</summary>
/// <remarks>
/// Kept are those that a run is linked to, and those that a bot opened or whose branch an agent named: a run may become
/// known later. Everything else leaves no trace, not even of its delivery. 1. archive the facts; 2. store the outcomes;
/// 3. claim the delivery. Each may be done twice, and the last is never done before the others.
/// </remarks>
public sealed class ReceiveOutcomeEvent(
    IOutcomeArchive archive, IRecords records, IDeliveryLog deliveries, TimeProvider time)
{
    // GitHub sends 36 characters.
    private const int DeliveryIdLengthMax = 200;

    // A push of more reverts than anybody makes.
    private const int FactsMax = 100;

    private readonly OutcomeIndex index = new(records);
    private readonly StoreOutcome store = new(archive, records);

    /// <summary>Whether events of this name are taken here.</summary>
    public static bool Takes(string eventName) => OutcomeEventReader.Reads(eventName);

    /// <summary>Takes one delivery whose signature was checked.</summary>
    /// <param name="deliveryId"><c>X-GitHub-Delivery</c>; a redelivery keeps it.</param>
    /// <param name="eventName"><c>X-GitHub-Event</c>, one that is taken.</param>
    /// <param name="body">The bytes that were signed.</param>
    /// <param name="cancellation">Ends the call between two steps.</param>
    public async Task<WebhookOutcome> ExecuteAsync(
        string deliveryId, string eventName, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(deliveryId) || deliveryId.Length > DeliveryIdLengthMax)
            return new WebhookOutcome(WebhookOutcomeKind.Malformed, "X-GitHub-Delivery is missing or no id.");
        var reading = OutcomeEventReader.Read(eventName, body);
        if (reading.Malformed is { } message)
            return new WebhookOutcome(WebhookOutcomeKind.Malformed, message);
        if (reading.Event is not { } told)
            return new WebhookOutcome(WebhookOutcomeKind.Ignored, reading.IgnoredBecause);
        var kept = await KeptAsync(told, cancellation);
        if (kept.Count == 0)
            return new WebhookOutcome(WebhookOutcomeKind.Ignored, "no agent run is known to have to do with it");
        var isNew = false;
        foreach (var fact in kept)
            isNew |= await archive.AddAsync(fact.Place, fact.Fact, cancellation);
        if (!isNew && await deliveries.IsClaimedAsync(deliveryId, cancellation))
            return new WebhookOutcome(WebhookOutcomeKind.Duplicate);
        foreach (var place in kept.Select(fact => fact.Place).Distinct())
        {
            var subject = place.Commit is null ? place : await index.MergedByAsync(place, cancellation);
            if (subject is not null)
                await store.ExecuteAsync(subject, cancellation);
        }

        await deliveries.ClaimAsync(deliveryId, time.GetUtcNow(), cancellation);
        return new WebhookOutcome(WebhookOutcomeKind.Recorded);
    }

    private async Task<IReadOnlyList<PlacedFact>> KeptAsync(OutcomeEvent told, CancellationToken cancellation)
    {
        var kept = new List<PlacedFact>();
        foreach (var fact in told.Facts.Take(FactsMax))
        {
            // What may be an agent's is the event's own subject, never one that its text names.
            var mayBe = told.MayBeAgents && fact.Place == told.Facts[0].Place;
            if (mayBe || await index.FollowsAsync(fact.Place, cancellation))
                kept.Add(fact);
        }

        return kept;
    }
}
