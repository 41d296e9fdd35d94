using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TokenLedger.Application.Telemetry;

/// <summary>The names under which the ledger traces and counts its own work.</summary>
/// <remarks>
/// Tags are names of queues, functions and outcomes: never a repository, a model, a message or anything of a log.
/// </remarks>
public static class LedgerTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "TokenLedger";

    /// <summary>One span an event: a webhook, a message, a timer.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>(
        "tokenledger.runs", "{run}", "Runs whose rows were made anew.");

    private static readonly Counter<long> Lines = Meter.CreateCounter<long>(
        "tokenledger.lines", "{line}", "Lines of token logs by outcome.");

    private static readonly Counter<long> Messages = Meter.CreateCounter<long>(
        "tokenledger.messages", "{message}", "Queue messages by queue and outcome.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "tokenledger.deliveries", "{delivery}", "Webhook deliveries by outcome.");

    private static readonly Counter<long> Days = Meter.CreateCounter<long>(
        "tokenledger.days", "{day}", "Days of accounts that were stored anew.");

    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "tokenledger.run.lag", "s", "From the start of a run attempt to its rows.");

    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>(
        "tokenledger.queue.age", "s", "How long a message waited before it was handled.");

    /// <summary>Starts a span in the trace of whoever caused it; null when nobody listens.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="traceParent">
    /// A W3C <c>traceparent</c> from outside, hostile text; what is none begins a trace of its own.
    /// </param>
    public static Activity? Start(string name, ActivityKind kind, string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? Activities.StartActivity(name, kind, parent)
            : Activities.StartActivity(name, kind);

    /// <summary>A run's rows were made anew.</summary>
    /// <param name="accepted">Lines taken.</param>
    /// <param name="duplicate">Lines known already.</param>
    /// <param name="rejected">Lines that could not be read.</param>
    /// <param name="lag">From the start of its newest attempt; null when that is unknown.</param>
    public static void RunFolded(long accepted, long duplicate, long rejected, TimeSpan? lag)
    {
        Runs.Add(1);
        Lines.Add(accepted, Tag("outcome", "accepted"));
        Lines.Add(duplicate, Tag("outcome", "duplicate"));
        Lines.Add(rejected, Tag("outcome", "rejected"));
        if (lag is { } waited)
            Lag.Record(waited.TotalSeconds);
    }

    /// <summary>A message was handled.</summary>
    public static void MessageHandled(string queueName, bool isDone) =>
        Messages.Add(1, Tag("queue", queueName), Tag("outcome", isDone ? "done" : "failed"));

    /// <summary>A message was taken from its queue after waiting.</summary>
    public static void MessageTaken(string queueName, TimeSpan age) =>
        QueueAge.Record(age.TotalSeconds, Tag("queue", queueName));

    /// <summary>A webhook delivery was answered.</summary>
    public static void DeliveryAnswered(string outcome) => Deliveries.Add(1, Tag("outcome", outcome));

    /// <summary>Accounts of a day were stored anew.</summary>
    public static void DaysStored(int accounts) => Days.Add(accounts);

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
