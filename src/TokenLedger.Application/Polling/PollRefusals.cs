using System.Text.Json;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>Remembers what a provider refused: a checkpoint for the next poll and an alert for people.</summary>
internal sealed class PollRefusals(ICheckpoints checkpoints, IAlertLog alerts)
{
    // A provider that does not say when is asked about once an hour, as often as the timer.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(50);

    // What somebody must mend is asked about once a day, whatever minute the timer comes.
    private static readonly TimeSpan UntilMended = TimeSpan.FromHours(23.5);

    // A mark holds 8,000 characters; JSON may write one as six.
    private const int MessageMax = 1_000;

    private readonly RefusalBook book = new(checkpoints);

    /// <summary>The refusals of an account; marks of an earlier version are taken away.</summary>
    public async Task<IReadOnlyList<RememberedRefusal>> ReadAsync(
        BillingAccount account, CancellationToken cancellation)
    {
        var marks = await book.ReadMarksAsync(account, cancellation);
        foreach (var (name, _) in marks.Where(mark => mark.Refusal is null))
            await checkpoints.RemoveAsync(name, cancellation);
        return [.. marks.Select(mark => mark.Refusal).OfType<RememberedRefusal>()];
    }

    /// <summary>Remembers a refusal. Killed in between, the day is asked for again sooner than it need be.</summary>
    public async Task AddAsync(
        ViewKey view, DateOnly day, ProviderRefusal refusal, DateTimeOffset now, CancellationToken cancellation)
    {
        var message = refusal.Message.Length <= MessageMax ? refusal.Message : refusal.Message[..MessageMax];
        var subject = refusal.IsOfAccount ? SubjectOf(view) : SubjectOf(view, day);
        var known = await alerts.FindAsync(Alert.BillUnreadable, subject, cancellation);
        await alerts.StoreAsync(
            new Alert(
                Alert.BillUnreadable, subject, message,
                known?.FirstAt ?? now, now, checked((known?.Count ?? 0) + 1), IsOpen: true),
            cancellation);
        await MarkAsync(view, day, refusal with { Message = message }, now, cancellation);
    }

    /// <summary>Remembers why there is nothing to show, which is nobody's fault: no alert.</summary>
    public async Task MarkAsync(
        ViewKey view, DateOnly day, ProviderRefusal refusal, DateTimeOffset now, CancellationToken cancellation)
    {
        var wait = refusal.RetryAfter ?? (refusal is { IsOfAccount: true, NeedsMending: true } ? UntilMended : Unsaid);
        var mark = new RefusalMark(refusal.Code, refusal.Message, now + wait, refusal.IsOfAccount);
        await checkpoints.SetAsync(
            new Checkpoint(
                RefusalBook.NameOf(view, day), now,
                JsonSerializer.Serialize(mark, PollingJson.Default.RefusalMark)),
            cancellation);
    }

    /// <summary>Forgets a refusal whose day was answered. The mark goes last: killed before, it is redone.</summary>
    public async Task CloseAsync(ViewKey view, DateOnly day, CancellationToken cancellation)
    {
        await CloseAsync(SubjectOf(view), cancellation);
        await CloseAsync(SubjectOf(view, day), cancellation);
        await ForgetAsync(view, day, cancellation);
    }

    /// <summary>Takes the mark of a day that is asked for no more; its alert stays.</summary>
    public Task ForgetAsync(ViewKey view, DateOnly day, CancellationToken cancellation) =>
        checkpoints.RemoveAsync(RefusalBook.NameOf(view, day), cancellation);

    /// <summary>Whether an alert tells of the view or of a day of it.</summary>
    public static bool IsOf(Alert alert, ViewKey view) =>
        alert.Subject.StartsWith(SubjectOf(view), StringComparison.Ordinal)
        && alert.Subject[SubjectOf(view).Length..] is var day
        && (day.Length == 0 || (day[0] == ' ' && RefusalBook.TryReadDay(day[1..], out _)));

    private async Task CloseAsync(string subject, CancellationToken cancellation)
    {
        var alert = await alerts.FindAsync(Alert.BillUnreadable, subject, cancellation);
        if (alert is { IsOpen: true })
            await alerts.StoreAsync(alert with { IsOpen = false }, cancellation);
    }

    private static string SubjectOf(ViewKey view) =>
        $"{view.Account.Key} {BillViewName.Of(view.View)}{(view.Filter.Length == 0 ? "" : $" {view.Filter}")}";

    private static string SubjectOf(ViewKey view, DateOnly day) => $"{SubjectOf(view)} {RefusalBook.Text(day)}";
}
