using System.Globalization;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Domain.Alerting;

/// <summary>What a budget's status tells.</summary>
public static class BudgetAlerts
{
    private const decimal LimitPercent = 100m;

    // A rolling budget begins anew each day and would tell the same each day.
    private const int RollingDaysMax = 28;

    // Whoever fills a ledger with the past is not told of it.
    private const int DaysAfterPeriod = 7;

    /// <summary>
    /// The events, at most one for all thresholds that are reached: it names the highest. None once the period ended
    /// a week ago.
    /// </summary>
    /// <param name="status">How the budget stands.</param>
    /// <param name="today">The UTC day.</param>
    public static IReadOnlyList<AlertEvent> Of(BudgetStatus status, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (today.DayNumber - status.To.DayNumber > DaysAfterPeriod)
            return [];
        var events = new List<AlertEvent>();
        if (HighestOf(status) is { } highest)
            events.Add(Reached(status, highest));
        if (status.State != BudgetState.Exceeded && status.Forecast?.NanoCredits >= status.LimitNanoCredits)
            events.Add(Expected(status));
        if (status is { IsIncomplete: true, Budget.FailsClosed: true })
            events.Add(Incomplete(status));
        return events;
    }

    // The limit is told whether it is one of the thresholds or not.
    private static decimal? HighestOf(BudgetStatus status) =>
        (status.ReachedPercents.Count > 0 ? status.ReachedPercents[^1] : (decimal?)null) is var reached
        && status.State == BudgetState.Exceeded
            ? Math.Max(reached ?? LimitPercent, LimitPercent)
            : reached;

    private static AlertEvent Reached(BudgetStatus status, decimal highest)
    {
        var isExceeded = highest >= LimitPercent;
        var percent = AlertText.Percent(highest);
        return Event(status, $"threshold/{AlertText.KeyOf(highest)}", "threshold") with
        {
            Rank = highest,
            Kind = isExceeded ? AlertEventKind.BudgetExceeded : AlertEventKind.BudgetThreshold,
            Severity = isExceeded ? AlertSeverity.Critical : AlertSeverity.Warning,
            Title = $"Budget {status.Budget.Name} reached {percent} of its limit",
        };
    }

    private static AlertEvent Expected(BudgetStatus status) => Event(status, "forecast", "forecast") with
    {
        Kind = AlertEventKind.BudgetForecast,
        Severity = AlertSeverity.Warning,
        Title = $"Budget {status.Budget.Name} is expected to reach its limit before its period ends",
    };

    private static AlertEvent Incomplete(BudgetStatus status) => Event(status, "incomplete", "incomplete") with
    {
        Kind = AlertEventKind.BudgetIncomplete,
        Severity = AlertSeverity.Warning,
        Title = $"Budget {status.Budget.Name} is incomplete: headroom is denied",
    };

    private static AlertEvent Event(BudgetStatus status, string name, string topic)
    {
        var budget = status.Budget.Name;
        var from = PeriodOf(status);
        return new AlertEvent
        {
            Group = $"budget/{budget.ToLowerInvariant()}/{AlertText.Day(from)}",
            GroupFrom = from,
            Name = name,
            Topic = topic,
            Kind = default,
            Severity = default,
            Subject = status.Budget.Period == BudgetPeriodKind.Rolling
                ? string.Create(
                    CultureInfo.InvariantCulture, $"Budget {budget} over {status.Budget.RollingDays} days, from ")
                    + AlertText.Day(from)
                : $"Budget {budget}, {AlertText.Day(status.From)} to {AlertText.Day(status.To.AddDays(-1))}",
            Title = "",
            Lines = [.. LinesOf(status)],
            Budget = budget,
        };
    }

    // Blocks of days, counted from day 0, so that everybody counts alike.
    private static DateOnly PeriodOf(BudgetStatus status)
    {
        if (status.Budget.Period != BudgetPeriodKind.Rolling)
            return status.From;
        var days = Math.Clamp(status.Budget.RollingDays, 1, RollingDaysMax);
        var last = status.To.DayNumber - 1;
        return DateOnly.FromDayNumber(last - (last % days));
    }

    private static IEnumerable<string> LinesOf(BudgetStatus status)
    {
        var isInUsd = status.Budget.IsInUsd;
        string Money(long nanoCredits) => AlertText.Money(nanoCredits, isInUsd);
        yield return $"Spent: {Money(status.Spent.NanoCredits)} of {Money(status.LimitNanoCredits)} "
            + $"({AlertText.Percent(status.Percent)}), between {Money(status.Spent.LowNanoCredits)} and "
            + $"{Money(status.Spent.HighNanoCredits)}.";
        yield return $"Of it settled {Money(status.SettledNanoCredits)}, provisional "
            + $"{Money(status.ProvisionalNanoCredits)}, estimated {Money(status.EstimatedNanoCredits)}.";
        if (status.BurnRateNanoCreditsPerDay is { } burn)
            yield return $"Spent a day: {Money(burn)}.";
        if (status.Forecast is { } forecast)
        {
            yield return $"Expected by the end of {AlertText.Day(status.To.AddDays(-1))}: "
                + $"{Money(forecast.NanoCredits)}, between {Money(forecast.LowNanoCredits)} and "
                + $"{Money(forecast.HighNanoCredits)}.";
        }

        if (status.ExhaustedOn is { } exhausted && status.State != BudgetState.Exceeded)
            yield return $"The limit is expected to be reached on {AlertText.Day(exhausted)}.";
        if (status.IsIncomplete)
        {
            yield return AlertText.Line(
                $"The figure may be too small: {string.Join(", ", status.IncompleteReasons)}.");
        }

        yield return string.Create(
            CultureInfo.InvariantCulture, $"As of {status.EvaluatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
    }
}
