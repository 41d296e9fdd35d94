using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds.Simulation;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>Every day ends: it is closed, or given up with a cause. What has ended is asked for no more.</summary>
internal static class EndChecks
{
    private static readonly TimeSpan GivenUpAfterDayEnd = TimeSpan.FromDays(62);

    public static IEnumerable<string> FaultsOf(SimulationOutcome outcome)
    {
        foreach (var account in outcome.Product.Configuration.Sources.Select(source => source.Account).Distinct())
        {
            foreach (var day in outcome.World.Plan.EachDay)
            {
                foreach (var fault in FaultsOf(outcome, account, day))
                    yield return $"{day:yyyy-MM-dd} {account.Key}: {fault}";
            }
        }
    }

    private static IEnumerable<string> FaultsOf(SimulationOutcome outcome, BillingAccount account, DateOnly day)
    {
        var looks = outcome.Journal.LooksAt(account, day, ClosingRule.Polled);
        var questions = outcome.Journal.QuestionsOn(account, day);
        var head = outcome.Heads.GetValueOrDefault((account, day))?[^1].Head;
        var isClosed = ClosingRule.IsClosed(looks, outcome.EndedAt, head);
        if (!isClosed && CauseOf(outcome, account, day, head) is not { } cause)
            yield return $"neither closed nor given up with a cause; {looks.Count} looks, {questions.Count} questions, "
                + $"the last {questions[^1].Fault?.ToString() ?? "answered"} at {questions[^1].At:u}, {head?.Settlement}";
        else if (!isClosed)
            outcome.World.Coverage.Saw("given up: " + CauseOf(outcome, account, day, head));

        var givenUpAt = WorldPlan.StartOf(day.AddDays(1)) + GivenUpAfterDayEnd;
        if (questions.Any(question => question.At >= givenUpAt))
            yield return "asked for after it was given up";
        // An empty day may wait for runs to be explained.
        var closedAt = looks
            .Where(look => !look.IsEmpty && ClosingRule.IsClosed(looks, look.At, head: null))
            .Select(look => (DateTimeOffset?)look.At)
            .FirstOrDefault();
        if (questions.Count(question => question.At > closedAt) is > 0 and var late)
            yield return $"asked for {late} times after it was closed at {closedAt:u}";

        var isOutranked = outcome.World.Plan.Imports.Any(
            view => view is ImportedView.AiReport or ImportedView.Detailed);
        var isInner = outcome.World.Plan.Wallet.IsEnterprise && account.Kind == BillingAccountKind.Organization;
        if (isClosed && !isOutranked && !isInner && head is not null
            && head.Settlement.Status != SettlementStatus.Closed)
            yield return $"its bill is closed and the ledger says {head.Settlement.Status}";
    }

    private static string? CauseOf(
        SimulationOutcome outcome, BillingAccount account, DateOnly day, DayHead? head)
    {
        if (head?.Settlement.Reason is { } reason)
            return reason.ToString();
        // Never read where it is asked for, and imported as a file that was.
        if (head?.Settlement.Status == SettlementStatus.Closed)
            return "closed by what was imported";
        // A day on which nobody did anything has no head: what stands against its bill is an alert.
        return day == outcome.World.Plan.UnreadableDay && head is null && outcome.Product.Alerts.All.Any(alert =>
            alert.Kind == Alert.BillUnreadable
            && alert.IsOpen
            && alert.Subject.StartsWith(account.Key, StringComparison.Ordinal)
            && alert.Subject.EndsWith($"{day:yyyy-MM-dd}", StringComparison.Ordinal))
            ? "never readable"
            : null;
    }
}
