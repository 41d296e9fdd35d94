using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Polling;

/// <summary>Asks the configured providers for the days whose bill is due, and keeps every answer as a look.</summary>
/// <remarks>
/// The process may be killed at any instruction: what was stored is not asked for again before it is due, what was
/// stored and not queued is queued by the next poll, and at worst one answer is kept twice.
/// </remarks>
public sealed class PollBilling(
    IEnumerable<IBillingSource> providers,
    LedgerConfiguration configuration,
    ILedgerStore store,
    IDayLedger days,
    TakeBill take,
    ICheckpoints checkpoints,
    IAlertLog alerts,
    DayQueue queue,
    TimeProvider time)
{
    /// <summary>
    /// Questions of one poll; the rest is left to the next. A full poll takes about a minute, and an hourly timer can
    /// serve fifty sources with it.
    /// </summary>
    public const int QuestionsMax = 60;

    // A provider that fails twice running is left alone: it is down rather than unable to tell one day.
    private const int RefusalsMax = 2;

    private readonly PollRefusals refusals = new(checkpoints, alerts);
    private readonly AlertBook told = new(alerts, time);
    private readonly UnqueuedLooks looks = new(checkpoints, queue, time);

    /// <summary>Asks for what is due now.</summary>
    public async Task<PollOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        await looks.QueueAllAsync(cancellation);
        var due = new DueDays(store, days, refusals);
        var turns = new List<PollTurns>();
        var sources = SourcesToPoll().ToList();
        await CloseUnaskedAsync(sources, cancellation);
        foreach (var source in sources)
            turns.Add(new PollTurns(source, await due.FindAsync(source, time.GetUtcNow(), cancellation)));
        var polled = new List<PolledDay>();
        while (turns.Find(turn => turn is { IsEnded: false, Left: > 0 }) is { } turn && polled.Count < QuestionsMax)
        {
            // By turns, so that a source with much to ask for keeps no other waiting.
            turns.Remove(turn);
            turns.Add(turn);
            var day = await PollAsync(turn.Source, turn.Take(), cancellation);
            polled.Add(day);
            turn.Refusals = day.Refusal is null ? 0 : turn.Refusals + 1;
            turn.IsEnded = day.Refusal is { IsOfAccount: true } || turn.Refusals == RefusalsMax;
        }

        return new PollOutcome(polled, turns.Sum(turn => turn.Left));
    }

    private IEnumerable<PolledSource> SourcesToPoll() => configuration.Sources
        .Where(source => source.Token is not null)
        .DistinctBy(source => source.Account)
        .Select(source => (source, provider: providers.FirstOrDefault(
            provider => string.Equals(provider.Kind, source.Kind, StringComparison.Ordinal))))
        .Where(pair => pair.provider is not null)
        .Select(pair => new PolledSource(pair.source, pair.provider!));

    // Nobody will answer what is not asked any more.
    private Task CloseUnaskedAsync(List<PolledSource> sources, CancellationToken cancellation)
    {
        var asked = sources.Select(source => source.Configuration.Account).ToList();
        return told.CloseAsync(
            Alert.BillUnreadable, alert => !asked.Exists(account => PollRefusals.IsOf(alert, account)), cancellation);
    }

    private async Task<PolledDay> PollAsync(PolledSource source, DateOnly day, CancellationToken cancellation)
    {
        var account = source.Configuration.Account;
        var answer = await source.Provider.FetchAsync(source.Configuration, day, cancellation);
        var (isStored, refusal) = answer.Refusal is null
            ? await TakeAsync(account, day, answer.Documents, cancellation)
            : (false, answer.Refusal);
        if (refusal is null)
            await refusals.CloseAsync(account, day, cancellation);
        else
            await refusals.AddAsync(account, day, refusal, time.GetUtcNow(), cancellation);
        return new PolledDay(account, day, isStored, refusal);
    }

    private async Task<(bool IsStored, ProviderRefusal? Refusal)> TakeAsync(
        BillingAccount account, DateOnly day, IReadOnlyList<BillDocument> documents, CancellationToken cancellation)
    {
        var hints = new BillHints
        {
            Organization = account.Kind == BillingAccountKind.Organization ? account.Name : null,
            Enterprise = account.Kind == BillingAccountKind.Enterprise ? account.Name : null,
            Day = day,
        };
        await looks.MarkAsync(day, cancellation);
        var stored = 0;
        ProviderRefusal? refusal = documents.Count > 0 ? null : NoBill("the answer is empty");
        foreach (var document in documents)
        {
            var (bill, daysStored) = await take.ExecuteAsync(
                document.Name, document.Content, hints, document.RequestedAt, cancellation);
            stored += daysStored;
            if (!bill.Days.Any(read => read.Account == account && read.Day == day))
                refusal = NoBill(bill.Problems.Count > 0 ? bill.Problems[0].Message : "it is of another day or payer");
        }

        await looks.QueueAsync(day, cancellation);
        return (stored > 0, refusal);
    }

    private static ProviderRefusal NoBill(string reason) => new(
        ProviderRefusal.Malformed,
        $"The provider's answer is no bill of the day asked for ({reason.TrimEnd('.')}).", null);
}
