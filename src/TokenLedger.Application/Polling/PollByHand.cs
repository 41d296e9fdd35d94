using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>Asks for days one view after the other, and waits where a timer would come again.</summary>
internal sealed class PollByHand(PollDay ask, IProgress<PollProgress>? progress, TimeProvider time)
{
    // Two years of every view of two dozen sources; what has more is polled in parts.
    private const int QuestionsMax = 100_000;

    /// <summary>Asks; what was kept stays when it is ended.</summary>
    public async Task<PollOutcome> RunAsync(IReadOnlyList<PollTurns> turns, CancellationToken cancellation)
    {
        var total = turns.Sum(turn => turn.Left);
        var polled = new List<PolledDay>();
        var questions = 0;
        var patience = new CollectionPatience(
            until => progress?.Report(new PollProgress(polled.Count, total, until)), time);
        foreach (var turn in turns)
        {
            while (turn is { IsEnded: false, Left: > 0 } && questions < QuestionsMax)
            {
                var day = turn.Take();
                var (result, asked) = await ask.AskAsync(turn.View, day, cancellation);
                questions += asked;
                for (var waits = 0; result.Refusal is { } refusal
                    && await patience.WaitAsync(refusal, waits, cancellation); waits++)
                {
                    (result, asked) = await ask.AskAsync(turn.View, day, cancellation);
                    questions += asked;
                }

                await ask.NoteAsync(turn.View, result, cancellation);
                polled.Add(result);
                turn.Note(result.Refusal);
                progress?.Report(new PollProgress(polled.Count, total));
                if (result.Refusal is { Code: ProviderRefusal.RateLimited })
                {
                    foreach (var other in turns.Where(other => other.View.SharesCredentialWith(turn.View)))
                        other.End();
                }
            }
        }

        return new PollOutcome(polled, turns.Sum(turn => turn.Left)) { Questions = questions };
    }
}
