using Azure.Core;
using Azure.Core.Pipeline;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>The service does what it is asked, and the answer to one attempt never arrives.</summary>
public sealed class LostAnswers : HttpPipelineSynchronousPolicy
{
    private readonly Lock gate = new();
    private int attempts = int.MinValue;

    /// <param name="number">The attempt from now on, from 1.</param>
    public void Lose(int number)
    {
        lock (gate)
            attempts = -number;
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        lock (gate)
        {
            if (++attempts == 0)
                throw new IOException("The connection broke.");
        }
    }
}
