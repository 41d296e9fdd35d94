using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>Sees every call to storage before it is made; retries of one call are one.</summary>
public sealed class CallWatch : HttpPipelineSynchronousPolicy
{
    private readonly Lock gate = new();
    private readonly List<string> calls = [];
    private int left = int.MaxValue;

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

    /// <param name="callsAllowed">After so many calls the process is dead: none is made any more.</param>
    public void Restart(int callsAllowed = int.MaxValue)
    {
        lock (gate)
        {
            calls.Clear();
            left = callsAllowed;
        }
    }

    public override void OnSendingRequest(HttpMessage message)
    {
        lock (gate)
        {
            if (left == 0)
                throw new Storage.Tests.KilledException();
            left--;
            var method = message.Request.Method;
            calls.Add($"{method} {message.Request.Uri.ToUri().AbsolutePath}");
            if (method != RequestMethod.Get && method != RequestMethod.Head)
                BeforeWrite?.Invoke();
        }
    }
}
