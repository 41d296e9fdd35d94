using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;

namespace TokenLedger.Application.Polling;

/// <summary>Asks the configured providers for the days whose bill is due, and keeps every answer as a look.</summary>
/// <remarks>
/// Each view of a bill is asked for by itself: one that is refused keeps no other waiting. The process may be killed at
/// any instruction: what was stored is not asked for again before it is due, what was stored and not queued is queued
/// by the next poll, and at worst one answer is kept twice.
/// </remarks>
public sealed class PollBilling(
    IEnumerable<IBillingSource> providers,
    IReportSource? reports,
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
    /// Requests of one poll; the rest is left to the next. It holds the longest day, one of 200 users, and at two
    /// requests a second it takes two minutes.
    /// </summary>
    public const int QuestionsMax = 240;

    // A function may run for ten minutes (host.json), and one question may take half a minute.
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(5);

    private readonly PollRefusals refusals = new(checkpoints, alerts);
    private readonly UnaskedViews unasked = new(checkpoints, new AlertBook(alerts, time));
    private readonly UnqueuedLooks looks = new(checkpoints, queue, time);

    /// <summary>Asks for what is due now.</summary>
    public async Task<PollOutcome> ExecuteAsync(CancellationToken cancellation)
    {
        var start = time.GetUtcNow();
        await looks.QueueAllAsync(cancellation);
        await ForgetUnaskedAsync(cancellation);
        var turns = await DueAsync(cancellation);
        var ask = new PollDay(take, refusals, looks, time);
        var polled = new List<PolledDay>();
        var questions = 0;
        while (time.GetUtcNow() - start < LongestPoll
            && turns.Find(turn => turn is { IsEnded: false, Left: > 0 } && Fits(turn, questions)) is { } turn)
        {
            // By turns, so that a view with much to ask for keeps no other waiting.
            turns.Remove(turn);
            turns.Add(turn);
            var (day, asked) = await ask.AskAsync(turn.View, turn.Take(), cancellation);
            await ask.NoteAsync(turn.View, day, cancellation);
            questions += asked;
            polled.Add(day);
            turn.Note(day.Refusal);
            if (day.Refusal is { Code: ProviderRefusal.RateLimited })
                turns.FindAll(other => other.View.SharesCredentialWith(turn.View)).ForEach(other => other.End());
        }

        return new PollOutcome(polled, turns.Sum(turn => turn.Left)) { Questions = questions };
    }

    /// <summary>Whether there is a bill to ask for, and something to ask with.</summary>
    public bool IsConfigured => ViewsToPoll().Any();

    /// <summary>Asks at once and waits for the provider's limits, for somebody who watches.</summary>
    /// <param name="range">
    /// The UTC days to ask for whether due or not, the last one exclusive; null for what is due now.
    /// </param>
    /// <param name="progress">Told after each day and before each wait; null for nobody.</param>
    /// <param name="cancellation">Ends it between two days; what was kept stays.</param>
    public async Task<PollOutcome> ExecuteByHandAsync(
        (DateOnly From, DateOnly To)? range, IProgress<PollProgress>? progress, CancellationToken cancellation)
    {
        await looks.QueueAllAsync(cancellation);
        await ForgetUnaskedAsync(cancellation);
        var turns = range is { } asked ? TurnsOf(asked.From, asked.To) : await DueAsync(cancellation);
        return await new PollByHand(new PollDay(take, refusals, looks, time), progress, time)
            .RunAsync(turns, cancellation);
    }

    private List<PollTurns> TurnsOf(DateOnly from, DateOnly to)
    {
        var all = Enumerable.Range(0, to.DayNumber - from.DayNumber).Select(from.AddDays).ToList();
        return [.. ViewsToPoll()
            .OrderBy(view => view.View)
            .Select(view => new PollTurns(view, all.FindAll(day => view.Provider.Covers(view.Source, day))))];
    }

    private static bool Fits(PollTurns turn, int questions) =>
        questions == 0 || questions + turn.View.Provider.QuestionsFor(turn.View.Source) <= QuestionsMax;

    private Task ForgetUnaskedAsync(CancellationToken cancellation) =>
        unasked.ForgetAsync(AskedViews.Of(configuration, providers, reports), cancellation);

    private async Task<List<PollTurns>> DueAsync(CancellationToken cancellation)
    {
        var due = new DueDays(
            store, days, refusals, new GivenUpDays(days, refusals, checkpoints, queue));
        var turns = new List<PollTurns>();
        foreach (var account in ViewsToPoll().GroupBy(view => view.Account))
        {
            var facts = await due.ReadAsync(account.Key, time.GetUtcNow(), cancellation);
            foreach (var view in account)
            {
                var found = await due.FindAsync(view, facts, time.GetUtcNow(), cancellation);
                turns.Add(new PollTurns(view, [.. found.Select(day => day.Day)]));
            }
        }

        // The view that is split over the runs goes first, of every source; the others check it.
        return [.. turns.OrderBy(turn => turn.View.View)];
    }

    private IEnumerable<PolledView> ViewsToPoll() => PolledViews.Of(configuration, providers);
}
