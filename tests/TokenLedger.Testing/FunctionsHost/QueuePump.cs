using System.Text;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Testing.FunctionsHost.Invocations;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>Takes one queue's messages, calls its function and retries, drops or poisons them.</summary>
internal sealed class QueuePump(
    QueueFunction function, HostSettings settings, FunctionsHostOptions options, StorageServices storage,
    InvocationSender sender, HostJournal journal)
{
    // The host's lease of a message, which it renews while the function runs.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly QueueClient queue = storage.Queue(function.Queue, QueueTextEncoding.Plain);

    /// <summary>One batch. A queue that does not exist has none.</summary>
    /// <returns>How many messages it had.</returns>
    public async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        var taken = await queue.GetAsync(settings.BatchSize, Lease, cancellationToken);
        if (!taken.IsDone)
            return 0;
        await Task.WhenAll(taken.Value.Select(message => HandleAsync(message, cancellationToken)));
        return taken.Value.Count;
    }

    /// <summary>Messages in the queue, hidden ones included.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await queue.ApproximateCountAsync(cancellationToken)).ValueOrDefault;

    private async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        if (TextOf(message) is not { } text)
        {
            journal.Add(new Invocation(
                function.Name, Judgement.Failed("the message is no Base64"), null, message.DequeueCount));
            await PoisonAsync(message, cancellationToken);
            return;
        }

        // A host that died between the last failure and the move to the poison queue leaves such a message.
        if (message.DequeueCount > settings.DequeueCountMax)
        {
            await PoisonAsync(message, cancellationToken);
            return;
        }

        var mark = InvocationMark.Next(options.Time);
        var payload = TriggerPayload.ForMessage(function.Binding, function.Name, text, message, mark);
        var invocation = await sender.PostAsync(
            function.Name, payload, mark, message.DequeueCount, cancellationToken);
        if (invocation.Judgement.Verdict == Verdict.Succeeded)
            await queue.DeleteAsync(message, cancellationToken);
        else if (message.DequeueCount >= settings.DequeueCountMax)
            await PoisonAsync(message, cancellationToken);
        else
            await queue.ExtendAsync(
                message, options.RetryAfter ?? settings.VisibilityTimeout, cancellationToken: cancellationToken);
    }

    private string? TextOf(QueueMessage message)
    {
        var wire = message.WireText ?? throw new InvalidOperationException("A taken message has a text.");
        if (settings.MessageEncoding == MessageEncoding.None)
            return wire;
        try
        {
            return Strict.GetString(Convert.FromBase64String(wire));
        }
        catch (Exception failure) when (failure is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private async Task PoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var poison = storage.Queue(function.Queue + "-poison", QueueTextEncoding.Plain);
        var put = await poison.PutAsync(message.WireText!, cancellationToken: cancellationToken);
        if (put.Outcome == StorageOutcome.NotFound)
        {
            await poison.CreateIfMissingAsync(cancellationToken);
            put = await poison.PutAsync(message.WireText!, cancellationToken: cancellationToken);
        }

        if (put.IsDone)
            await queue.DeleteAsync(message, cancellationToken);
    }
}
