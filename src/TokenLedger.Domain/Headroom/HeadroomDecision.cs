using TokenLedger.Domain.Budgets;

namespace TokenLedger.Domain.Headroom;

/// <summary>Decides questions for headroom in the order in which they came. Pure.</summary>
/// <remarks>
/// What is reserved for a run is held until its usage is in the budget's figure, so that of two runs that start at once
/// only one gets the last money. A question that is denied reserves nothing.
/// </remarks>
public static class HeadroomDecision
{
    /// <summary>Reservations that one budget keeps: enough for as many runs at once.</summary>
    public const int ReservationsMax = 1_000;

    /// <summary>A figure older than this counts as incomplete: it is evaluated every hour.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(3);

    /// <summary>The answers, and the reservations that are in force afterwards.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="status">How it was last evaluated in the present period; null when it was not.</param>
    /// <param name="held">Its reservations; those that are over are left out.</param>
    /// <param name="requests">The questions, in order.</param>
    /// <param name="now">The time, UTC.</param>
    public static (IReadOnlyList<HeadroomAnswer> Answers, IReadOnlyList<Reservation> Held) Decide(
        Budget budget, BudgetStatus? status, IEnumerable<Reservation> held, IEnumerable<HeadroomRequest> requests,
        DateTimeOffset now)
    {
        var inForce = held.Where(reservation => reservation.IsInForce(now)).ToList();
        var answers = new List<HeadroomAnswer>();
        foreach (var request in requests)
        {
            var answer = Decide(budget, status, inForce, request, now);
            if (answer.Reservation is { } made && !inForce.Contains(made))
                inForce.Add(made);
            answers.Add(answer);
        }

        return (answers, inForce);
    }

    /// <summary>The answer where nobody can decide, because other processes do so every time.</summary>
    public static HeadroomAnswer Contended(Budget budget, BudgetStatus? status, HeadroomRequest request) =>
        Answer(budget, status, 0, request, IncompleteReasonsOf(status, isStale: false)) with
        {
            Verdict = budget.FailsClosed ? HeadroomVerdict.Deny : HeadroomVerdict.Warn,
            Reason = HeadroomReason.Contended,
        };

    private static HeadroomAnswer Decide(
        Budget budget, BudgetStatus? status, List<Reservation> inForce, HeadroomRequest request, DateTimeOffset now)
    {
        var own = inForce.Find(held => string.Equals(held.Id, request.Id, StringComparison.Ordinal)
            || (request.Run is not null && held.Run == request.Run));
        var reserved = inForce
            .Where(held => held != own)
            .Aggregate(0L, (sum, held) => checked(sum + held.NanoCredits));
        var isStale = status is not null && now - status.EvaluatedAt > StaleAfter;
        var answer = Answer(budget, status, reserved, request, IncompleteReasonsOf(status, isStale));
        // Room that is held already was granted: the same run is not told otherwise when it asks again.
        if (own is not null)
            return answer with { Reservation = own };
        var (verdict, reason) = Judge(budget, answer, isStale);
        if (verdict != HeadroomVerdict.Deny && request.Reserves && request.NanoCredits is > 0)
        {
            return inForce.Count >= ReservationsMax
                ? answer with
                {
                    Verdict = budget.Enforcement == BudgetEnforcement.Hard
                        ? HeadroomVerdict.Deny : HeadroomVerdict.Warn,
                    Reason = HeadroomReason.TooManyReservations,
                }
                : answer with
                {
                    Verdict = verdict,
                    Reason = reason,
                    Reservation = new Reservation(
                        request.Id, request.NanoCredits.Value, request.Run, now, now + request.ExpiresAfter),
                };
        }

        return answer with { Verdict = verdict, Reason = reason };
    }

    private static (HeadroomVerdict Verdict, string Reason) Judge(Budget budget, HeadroomAnswer answer, bool isStale)
    {
        var refused = budget.Enforcement == BudgetEnforcement.Hard ? HeadroomVerdict.Deny : HeadroomVerdict.Warn;
        // Of a budget that was not evaluated, reservations alone are known, and may not exceed it either.
        var remaining = answer.RemainingNanoCredits ?? checked(answer.LimitNanoCredits - answer.ReservedNanoCredits);
        if (remaining <= 0)
            return (refused, HeadroomReason.UsedUp);
        if (answer.AskedNanoCredits > remaining)
            return (refused, HeadroomReason.OverBudget);
        if (answer.IncompleteReasons.Count > 0)
        {
            return (
                budget.FailsClosed ? HeadroomVerdict.Deny : HeadroomVerdict.Warn,
                answer.SpentNanoCredits is null ? HeadroomReason.NotEvaluated
                    : isStale ? HeadroomReason.Stale : HeadroomReason.Incomplete);
        }

        var used = checked(answer.LimitNanoCredits - remaining + (answer.AskedNanoCredits ?? 0));
        return budget.ThresholdPercents.Any(threshold => used * 100m >= threshold * answer.LimitNanoCredits)
            ? (HeadroomVerdict.Warn, HeadroomReason.ThresholdReached)
            : (HeadroomVerdict.Allow, HeadroomReason.WithinBudget);
    }

    private static HeadroomAnswer Answer(
        Budget budget, BudgetStatus? status, long reserved, HeadroomRequest request,
        IReadOnlyList<string> incomplete) => new()
        {
            Budget = budget.Name,
            Verdict = HeadroomVerdict.Allow,
            Reason = HeadroomReason.WithinBudget,
            LimitNanoCredits = status?.LimitNanoCredits ?? budget.LimitNanoCredits,
            SpentNanoCredits = status?.Spent.NanoCredits,
            ReservedNanoCredits = reserved,
            AskedNanoCredits = request.NanoCredits,
            IncompleteReasons = incomplete,
            EvaluatedAt = status?.EvaluatedAt,
        };

    private static IReadOnlyList<string> IncompleteReasonsOf(BudgetStatus? status, bool isStale) =>
        status is null ? [HeadroomReason.NotEvaluated]
        : isStale ? [.. status.IncompleteReasons.Append(HeadroomReason.Stale).Order(StringComparer.Ordinal)]
        : status.IncompleteReasons;
}
