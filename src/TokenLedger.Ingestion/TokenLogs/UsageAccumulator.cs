using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>Folds usage records of one run into slices: de-duplicated, normalised, counted.</summary>
/// <remarks>Not safe for use by several threads; files are added in order of authority, the best first.</remarks>
public sealed class UsageAccumulator
{
    private readonly List<UsageSlice> slices = [];

    /// <summary>An empty fold.</summary>
    /// <param name="host">The GitHub host.</param>
    /// <param name="runId">The run id.</param>
    /// <param name="attempts">Known starts of attempts, in any order; may be empty.</param>
    /// <param name="prices">Names of models, and prices for telling cache conventions apart by credits.</param>
    public UsageAccumulator(string host, long runId, IReadOnlyList<AttemptStart> attempts, PriceBook prices)
    {
        throw new NotSupportedException(host);
    }

    /// <summary>Reads a <c>token-usage</c> file to its end.</summary>
    /// <param name="stream">The bytes; read once, in bounded memory.</param>
    /// <param name="context">What is known of the file.</param>
    /// <param name="onProblem">Called for each rejected line, in order.</param>
    /// <param name="cancellation">Ends the reading between blocks.</param>
    /// <returns>What became of each line.</returns>
    public LineCounts AddFile(
        Stream stream, UsageFileContext context, Action<InputProblem> onProblem, CancellationToken cancellation) =>
        throw new NotSupportedException(context.Source);

    /// <summary>Adds one record that came by another road.</summary>
    /// <returns>False for a duplicate.</returns>
    public bool Add(in TokenUsageRecord record, UsageFileContext context, UsageEvidence evidence) =>
        throw new NotSupportedException(context.Source);

    /// <summary>The slices, in the order of attempt, day, phase, purpose, channel, model, tier, band.</summary>
    public IReadOnlyList<UsageSlice> Slices() => slices;

    /// <summary>The sum of the proxy's own figures of an attempt, over every phase; null when no record has one.</summary>
    public decimal? ProxyReportedAiCredits(int attempt) => attempt < slices.Count ? 0 : null;

    /// <summary>What a reader should know of an attempt: ids reused with other content, unresolved cache conventions.</summary>
    public IReadOnlyList<Notice> Notices(int attempt) => attempt < slices.Count ? [new Notice("", "")] : [];
}
