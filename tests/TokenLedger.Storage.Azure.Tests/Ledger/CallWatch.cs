using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>Sees every call to storage before it is made; retries of one call are one.</summary>
public sealed class CallWatch : HttpPipelineSynchronousPolicy
{
    private readonly Lock gate = new();
    private readonly List<string> calls = [];
    private int left = int.MaxValue;
    private int untilInterruption = int.MaxValue;
    private Func<Task>? interruption;

    /// <summary>Called before each call that may change something, one at a time.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Method and path of each call since the start or the last <see cref="Restart"/>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    /// <summary>Counts anew; nobody interrupts any more.</summary>
    /// <param name="callsAllowed">After so many calls the process is dead: none is made any more.</param>
    public void Restart(int callsAllowed = int.MaxValue)
    {
        lock (gate)
        {
            calls.Clear();
            left = callsAllowed;
            untilInterruption = int.MaxValue;
        }
    }

    /// <summary>Before a call from now on, counted from 1, another process does its work; it has a client of its own.</summary>
    public void InterruptBefore(int call, Func<Task> work)
    {
        lock (gate)
        {
            untilInterruption = call;
            interruption = work;
        }
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        lock (gate)
        {
            if (left == 0)
                throw new Storage.Tests.KilledException();
            left--;
            if (--untilInterruption == 0)
                Task.Run(interruption!).GetAwaiter().GetResult();
            var method = message.Request.Method;
            calls.Add($"{method} {message.Request.Uri.ToUri().AbsolutePath}");
            if (method != RequestMethod.Get && method != RequestMethod.Head)
                BeforeWrite?.Invoke();
        }
    }
}
