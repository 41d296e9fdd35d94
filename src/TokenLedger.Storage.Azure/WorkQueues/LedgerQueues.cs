using TokenLedger.Application.Messages;
using TokenLedger.Storage.Azure.Queues;

namespace TokenLedger.Storage.Azure.WorkQueues;

/// <summary>The queues of a ledger by their names in <see cref="QueueNames"/>, each with its poison queue.</summary>
internal sealed class LedgerQueues(Func<string, QueueClient> open)
{
    private readonly Dictionary<string, QueueClient> queues = Names.ToDictionary(
        name => name, open, StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } =
        [.. QueueNames.All.SelectMany(name => new[] { name, QueueNames.PoisonOf(name) })];

    public QueueClient this[string name] => queues[name];

    public IEnumerable<QueueClient> All => Names.Select(name => queues[name]);
}
