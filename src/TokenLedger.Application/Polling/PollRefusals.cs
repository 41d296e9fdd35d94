using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>Remembers days that a provider refused: a checkpoint for the next poll and an alert for people.</summary>
internal sealed class PollRefusals(ICheckpoints checkpoints, IAlertLog alerts)
{
    // A provider that does not say when is asked about once an hour, as often as the timer.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(50);

    // A mark holds 8,000 characters; JSON may write one as six.
    private const int MessageMax = 1_000;

    /// <summary>The refused days of an account.</summary>
    public async Task<Dictionary<DateOnly, (DateTimeOffset At, RefusalMark Mark)>> ReadAsync(
        BillingAccount account, CancellationToken cancellation)
    {
        var refused = new Dictionary<DateOnly, (DateTimeOffset, RefusalMark)>();
        var prefix = PrefixOf(account);
        await foreach (var checkpoint in checkpoints.ReadAsync(prefix, cancellation))
        {
            // An account's own name may hold a slash, and then be another one's prefix.
            var isDay = DateOnly.TryParseExact(
                checkpoint.Name[prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day);
            if (isDay && Parse(checkpoint.Value) is { } mark)
                refused[day] = (checkpoint.At, mark);
        }

        return refused;
    }

    /// <summary>Remembers a refusal. Killed in between, the day is asked for again sooner than it need be.</summary>
    public async Task AddAsync(
        BillingAccount account, DateOnly day, ProviderRefusal refusal, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var message = refusal.Message.Length <= MessageMax ? refusal.Message : refusal.Message[..MessageMax];
        var known = await alerts.FindAsync(Alert.BillUnreadable, SubjectOf(account, day), cancellation);
        await alerts.StoreAsync(
            new Alert(
                Alert.BillUnreadable, SubjectOf(account, day), message,
                known?.FirstAt ?? now, now, checked((known?.Count ?? 0) + 1), IsOpen: true),
            cancellation);
        var mark = new RefusalMark(refusal.Code, message, now + (refusal.RetryAfter ?? Unsaid), refusal.IsOfAccount);
        await checkpoints.SetAsync(
            new Checkpoint(NameOf(account, day), now, JsonSerializer.Serialize(mark, PollingJson.Default.RefusalMark)),
            cancellation);
    }

    /// <summary>Forgets a refusal whose day was answered. The mark goes last: killed before, it is redone.</summary>
    public async Task CloseAsync(BillingAccount account, DateOnly day, CancellationToken cancellation)
    {
        var alert = await alerts.FindAsync(Alert.BillUnreadable, SubjectOf(account, day), cancellation);
        if (alert is { IsOpen: true })
            await alerts.StoreAsync(alert with { IsOpen = false }, cancellation);
        await ForgetAsync(account, day, cancellation);
    }

    /// <summary>Takes the mark of a day that is asked for no more; its alert stays.</summary>
    public Task ForgetAsync(BillingAccount account, DateOnly day, CancellationToken cancellation) =>
        checkpoints.RemoveAsync(NameOf(account, day), cancellation);

    /// <summary>Whether an alert tells of the account.</summary>
    public static bool IsOf(Alert alert, BillingAccount account) =>
        alert.Subject.StartsWith(account.Key + " ", StringComparison.Ordinal);

    private static RefusalMark? Parse(string value)
    {
        try
        {
            return JsonSerializer.Deserialize(value, PollingJson.Default.RefusalMark);
        }
        catch (JsonException)
        {
            // Somebody else's mark: the day is asked for again.
            return null;
        }
    }

    private static string PrefixOf(BillingAccount account) => $"poll/{account.Key}/";

    private static string NameOf(BillingAccount account, DateOnly day) => PrefixOf(account) + Text(day);

    private static string SubjectOf(BillingAccount account, DateOnly day) => $"{account.Key} {Text(day)}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
