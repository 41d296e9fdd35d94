using TokenLedger.Domain.Headroom;

namespace TokenLedger.Application.Headroom;

/// <summary>
/// The questions for one budget: those that come while others are decided wait, and are decided together.
/// </summary>
internal sealed class HeadroomLane(
    int batchMax, Func<IReadOnlyList<HeadroomRequest>, Task<IReadOnlyList<HeadroomAnswer>>> decide)
{
    private readonly Lock gate = new();
    private readonly Queue<(HeadroomRequest Request, TaskCompletionSource<HeadroomAnswer> Answer)> waiting = new();
    private bool isServed;

    /// <summary>Waits for the answer, or for the fault that met everyone who was decided with it.</summary>
    public Task<HeadroomAnswer> AskAsync(HeadroomRequest request)
    {
        var answer = new TaskCompletionSource<HeadroomAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue((request, answer));
            if (isServed)
                return answer.Task;
            isServed = true;
        }

        _ = Task.Run(ServeAsync);
        return answer.Task;
    }

    private async Task ServeAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var answers = await decide([.. batch.Select(item => item.Request)]);
                for (var at = 0; at < batch.Count; at++)
                    batch[at].Answer.SetResult(answers[at]);
            }
#pragma warning disable CA1031 // It is thrown to each who waits.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                foreach (var (_, answer) in batch)
                    answer.TrySetException(fault);
            }
        }
    }

    // Empty when nobody waits: then the next question begins to be served anew.
    private List<(HeadroomRequest Request, TaskCompletionSource<HeadroomAnswer> Answer)> Take()
    {
        var batch = new List<(HeadroomRequest, TaskCompletionSource<HeadroomAnswer>)>();
        lock (gate)
        {
            while (batch.Count < batchMax && waiting.TryDequeue(out var next))
                batch.Add(next);
            isServed = batch.Count > 0;
        }

        return batch;
    }
}
