using System.Collections.Concurrent;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Limits;

/// <summary>How often and how many at once may ask, and how often and how many did.</summary>
public sealed class FakeLimits
{
    private const string Secondary =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

    private readonly ConcurrentDictionary<string, CredentialBudget> budgets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Requests, TimeSpan Window)> told = new(StringComparer.Ordinal);
    private readonly Lock entry = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];
    private (int Requests, TimeSpan Window) usual = (5_000, TimeSpan.FromHours(1));
    private (DateTimeOffset Until, bool IsSaid)? secondary;
    private int underWay;
    private int refused;

    /// <summary>The most requests that were under way together.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How many may be under way together, as GitHub documents it (2026-10).</summary>
    public int AtOnceMax { get; set; } = 100;

    /// <summary>How many requests were refused because of a limit.</summary>
    public int Refused => refused;

    /// <summary>What a used-up budget is answered with: 403 or 429.</summary>
    public int Status { get; set; } = 403;

    /// <summary>Sets what every credential may ask in a window, from its first request on.</summary>
    public void LimitTo(int requests, TimeSpan window)
    {
        usual = (requests, window);
        budgets.Clear();
    }

    /// <summary>Sets what one credential may ask.</summary>
    /// <param name="caller">As the log names it: <c>installation 7</c>.</param>
    /// <param name="requests">How many requests.</param>
    /// <param name="window">In how long.</param>
    public void LimitTo(string caller, int requests, TimeSpan window)
    {
        told[caller] = (requests, window);
        budgets.TryRemove(caller, out _);
    }

    /// <summary>Refuses everything until then, as a secondary limit does.</summary>
    /// <param name="until">By the fake's clock, exclusive.</param>
    /// <param name="isSaid">Whether <c>retry-after</c> tells it.</param>
    public void RefuseUntil(DateTimeOffset until, bool isSaid = true) => secondary = (until, isSaid);

    /// <summary>Waits until so many requests are under way.</summary>
    public Task UnderWayAsync(int count)
    {
        lock (entry)
        {
            if (underWay >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((count, reached));
            return reached.Task;
        }
    }

    internal Visit Enter()
    {
        lock (entry)
        {
            underWay++;
            MostAtOnce = Math.Max(MostAtOnce, underWay);
            foreach (var (_, reached) in waiting.Where(item => item.Count <= underWay))
                reached.TrySetResult();
            waiting.RemoveAll(item => item.Count <= underWay);
            return new Visit(this, underWay);
        }
    }

    internal CredentialBudget BudgetOf(string caller) => budgets.GetOrAdd(caller, name =>
    {
        var (requests, window) = told.GetValueOrDefault(name, usual);
        return new CredentialBudget(requests, window);
    });

    internal ApiAnswer? Refuse(ApiCall call, CredentialBudget? budget, Visit visit)
    {
        var answer = budget?.TrySpend(call.Now) == false
            ? ApiAnswer.Error(Status, $"API rate limit exceeded for {call.Caller!.Name}.")
            : secondary is { } rest && rest.Until > call.Now
                ? rest.IsSaid
                    ? ApiAnswer.Error(403, Secondary).With("retry-after", ApiTime.Seconds(rest.Until - call.Now))
                    : ApiAnswer.Error(403, Secondary)
                : visit.Place > AtOnceMax ? ApiAnswer.Error(403, Secondary).With("retry-after", "60") : null;
        if (answer is not null)
            Interlocked.Increment(ref refused);
        return answer;
    }

    private void Leave()
    {
        lock (entry)
            underWay--;
    }

    /// <summary>A request that is under way.</summary>
    internal sealed class Visit(FakeLimits limits, int place) : IDisposable
    {
        private int isOver;

        /// <summary>How many were under way when it came, itself included.</summary>
        public int Place => place;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
                limits.Leave();
        }
    }
}
