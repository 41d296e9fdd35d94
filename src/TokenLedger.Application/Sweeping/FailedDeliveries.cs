using System.Globalization;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Webhooks;

namespace TokenLedger.Application.Sweeping;

/// <summary>Has GitHub send deliveries again that the webhook did not take: GitHub does not do so by itself.</summary>
/// <remarks>
/// What GitHub lists says how often a delivery was tried, so nothing is remembered but the time before which every
/// delivery is dealt with. Doing it twice sends a delivery once too often, which the webhook answers as one it knows.
/// </remarks>
internal sealed class FailedDeliveries(
    IDeliverySource github, ICheckpoints checkpoints, AlertBook alerts, TimeProvider time)
{
    /// <summary>
    /// Pages of 100 of one sweep. An hour of 50,000 runs a day, three deliveries each; what lies further back is found
    /// by listing runs.
    /// </summary>
    public const int PagesMax = 60;

    /// <summary>Deliveries sent again by one sweep.</summary>
    public const int SentMax = 50;

    // The first, and three more: what fails so often is found by listing runs.
    internal const int AttemptsMax = 4;

    /// <summary>What alerts call the deliveries.</summary>
    internal const string Subject = "deliveries of the GitHub App";
    private const string MarkName = "sweep-deliveries";
    private const string CompletedAction = "completed";

    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);

    // GitHub sends again what is up to three days old (webhook documentation, 2026-10).
    private static readonly TimeSpan Window = TimeSpan.FromDays(3);

    /// <summary>Looks through the deliveries and has failed ones sent again.</summary>
    public async Task<DeliverySweep> RunAsync(QuestionBudget budget, CancellationToken cancellation)
    {
        if (!github.IsConfigured)
            return DeliverySweep.None;
        var since = await SinceAsync(cancellation);
        var (attempts, refusal) = await ListAsync(since, budget, cancellation);
        if (attempts is null)
        {
            if (refusal!.NeedsMending)
                await alerts.RaiseAsync(Alert.SweepRefused, Subject, refusal!.Message, cancellation);
            return DeliverySweep.None with { Refusal = refusal };
        }

        await alerts.CloseAsync(Alert.SweepRefused, Subject, cancellation);
        return await SendAgainAsync(attempts, since, budget, cancellation);
    }

    private async Task<DateTimeOffset> SinceAsync(CancellationToken cancellation)
    {
        var oldest = time.GetUtcNow() - Window;
        var mark = await checkpoints.FindAsync(MarkName, cancellation);
        return mark is not null
            && DateTimeOffset.TryParse(
                mark.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var dealtWith)
            && dealtWith > oldest ? dealtWith : oldest;
    }

    private async Task<ProviderAnswer<IReadOnlyList<DeliveryAttempt>>> ListAsync(
        DateTimeOffset since, QuestionBudget budget, CancellationToken cancellation)
    {
        var found = new List<DeliveryAttempt>();
        string? next = null;
        for (var page = 0; page < PagesMax; page++)
        {
            budget.Count();
            var (read, refusal) = await github.ListAsync(next, cancellation);
            if (read is null)
                return refusal!;
            found.AddRange(read.Attempts.Where(attempt => attempt.DeliveredAt >= since));
            next = read.Next;
            if (next is null || read.Attempts.Any(attempt => attempt.DeliveredAt < since))
                break;
        }

        // One that was sent while the pages were read moves another onto the next page.
        return new ProviderAnswer<IReadOnlyList<DeliveryAttempt>>(
            [.. found.DistinctBy(attempt => attempt.Id)], null);
    }

    private async Task<DeliverySweep> SendAgainAsync(
        IReadOnlyList<DeliveryAttempt> attempts, DateTimeOffset since, QuestionBudget budget,
        CancellationToken cancellation)
    {
        var failed = attempts.Where(IsOfFinishedRun).GroupBy(attempt => attempt.Guid, StringComparer.Ordinal)
            // Without its first attempt in sight a delivery is given up, or of a time that is dealt with.
            .Where(group => group.Any(attempt => !attempt.IsRedelivery) && !group.Any(attempt => attempt.IsDelivered))
            .Select(group => group.OrderBy(attempt => attempt.DeliveredAt).ThenBy(attempt => attempt.Id).ToList())
            .OrderBy(group => group[0].DeliveredAt).ThenBy(group => group[0].Guid, StringComparer.Ordinal)
            .ToList();
        var due = failed.Where(group => group.Count < AttemptsMax).ToList();
        var (sent, givenUp) = (0, failed.Count - due.Count);
        var open = due.ToHashSet();
        ProviderRefusal? stopped = null;
        foreach (var delivery in due.Take(SentMax))
        {
            budget.Count();
            var refusal = await github.RedeliverAsync(delivery[^1].Id, cancellation);
            if (refusal is null)
            {
                sent++;
            }
            else if (refusal.IsOfCredential)
            {
                stopped = refusal;
                break;
            }
            else if (refusal.NeedsMending)
            {
                // Too old, or gone.
                givenUp++;
                open.Remove(delivery);
            }
        }

        var dealtWith = open.Count > 0 ? open.Min(delivery => delivery[0].DeliveredAt)
            : attempts.Count > 0 ? attempts.Max(attempt => attempt.DeliveredAt) + Instant
            : since;
        if (dealtWith > since)
            await checkpoints.SetAsync(
                new Checkpoint(MarkName, time.GetUtcNow(), dealtWith.ToString("O", CultureInfo.InvariantCulture)),
                cancellation);
        return new DeliverySweep(sent, open.Count - sent, givenUp, stopped);
    }

    // Other deliveries tell of nothing that the ledger keeps.
    private static bool IsOfFinishedRun(DeliveryAttempt attempt) =>
        string.Equals(attempt.EventName, ReceiveWorkflowRun.RunEvent, StringComparison.Ordinal)
        && (attempt.Action is null or CompletedAction);
}
