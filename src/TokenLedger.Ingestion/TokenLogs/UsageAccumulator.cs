using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Caching;
using TokenLedger.Ingestion.TokenLogs.Lines;
using TokenLedger.Ingestion.TokenLogs.Records;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>Folds usage records of one run into slices: de-duplicated, normalised, counted.</summary>
/// <remarks>
/// Not safe for use by several threads; files are added in order of authority, the best first. Within a file the
/// order of lines changes nothing, unless an id is reused with other content.
/// </remarks>
public sealed class UsageAccumulator
{
    // More workers only wait for the one stream and the one fold.
    private const int WorkersMax = 4;

    private readonly UsageFold fold;
    private readonly string host;
    private readonly long runId;
    private readonly AttemptWindows attempts;
    private readonly PriceBook prices;
    private readonly int workers;
    private RecordInterpreter? interpreter;

    /// <summary>An empty fold.</summary>
    /// <param name="host">The GitHub host.</param>
    /// <param name="runId">The run id.</param>
    /// <param name="attempts">Known starts of attempts, in any order; may be empty.</param>
    /// <param name="prices">Names of models, and prices for telling cache conventions apart by credits.</param>
    /// <param name="workers">
    /// How many cores parse a long file; 0 for all, at most four. Results do not depend on it.
    /// </param>
    public UsageAccumulator(
        string host, long runId, IReadOnlyList<AttemptStart> attempts, PriceBook prices, int workers = 0)
        : this(host, runId, attempts, prices, workers, observer: null)
    {
    }

    /// <summary>An empty fold that shows each request that counts.</summary>
    internal UsageAccumulator(
        string host, long runId, IReadOnlyList<AttemptStart> attempts, PriceBook prices, int workers,
        IRequestObserver? observer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        fold = new UsageFold(observer);
        this.host = host;
        this.runId = runId;
        this.attempts = new AttemptWindows(attempts);
        this.prices = prices;
        this.workers = Math.Min(workers == 0 ? Environment.ProcessorCount : workers, WorkersMax);
    }

    /// <summary>Reads a <c>token-usage</c> file to its end.</summary>
    /// <param name="stream">The bytes; read once, in bounded memory.</param>
    /// <param name="context">What is known of the file.</param>
    /// <param name="onProblem">
    /// Called for each rejected line, in order, never twice at once; perhaps on another thread.
    /// </param>
    /// <param name="cancellation">Ends the reading between blocks.</param>
    /// <returns>What became of each line.</returns>
    public LineCounts AddFile(
        Stream stream, UsageFileContext context, Action<InputProblem> onProblem, CancellationToken cancellation)
    {
        if (stream.CanSeek)
            fold.Expect(stream.Length);
        var merge = new BlockMerge(fold, context.Source, onProblem);
        new BlockPipeline(new LineBlockReader(stream), merge.Take, cancellation).Run(
            workers,
            () => new ParsedBlock(new RecordInterpreter(attempts, prices, context, UsageEvidence.ProxyRecords)));
        return merge.Counts;
    }

    /// <summary>
    /// Adds one record that came by another road. An unbelievable duration or credit figure counts as unknown.
    /// </summary>
    /// <returns>False for a duplicate, and for a record that would burst the bounds of a run.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A count is negative or over 10^15; the reader should have refused it.
    /// </exception>
    public bool Add(in TokenUsageRecord record, UsageFileContext context, UsageEvidence evidence)
    {
        CheckCount(record.InputTokens);
        CheckCount(record.OutputTokens);
        CheckCount(record.CacheReadTokens);
        CheckCount(record.CacheWriteTokens);
        CheckCount(record.CacheWrite1hTokens);
        CheckCount(record.ReasoningTokens);
        if (interpreter?.IsFor(context, evidence) != true)
            interpreter = new RecordInterpreter(attempts, prices, context, evidence);
        var bounded = record;
        if (record.DurationMilliseconds is < 0 or > RecordValues.DurationMillisecondsMax)
            bounded.DurationMilliseconds = 0;
        if (record.AiCreditsThisResponse is < 0 or > TokenNumber.AiCreditsMax)
            bounded.AiCreditsThisResponse = null;
        interpreter.Interpret(bounded, line: 0, out var usage);
        return fold.Take(usage, out var isDuplicate) == LineRejection.None && !isDuplicate;
    }

    /// <summary>The slices, in the order of attempt, day, phase, purpose, channel, model, tier, band.</summary>
    public IReadOnlyList<UsageSlice> Slices() => [.. fold.Slices(host, runId)];

    /// <summary>
    /// The sum of the proxy's own figures of an attempt, over every phase; null when no record has one.
    /// </summary>
    public decimal? ProxyReportedAiCredits(int attempt) => fold.FindTally(attempt)?.ReportedAiCredits;

    /// <summary>
    /// What a reader should know of an attempt: ids reused with other content, unresolved cache conventions.
    /// </summary>
    public IReadOnlyList<Notice> Notices(int attempt) => [.. fold.FindTally(attempt)?.Notices() ?? []];

    /// <summary>How many requests of an attempt each rule on the cache convention decided.</summary>
    public IReadOnlyDictionary<CacheRule, long> RequestsByCacheRule(int attempt) =>
        fold.FindTally(attempt)?.RequestsByCacheRule ?? new Dictionary<CacheRule, long>();

    private static void CheckCount(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, TokenNumber.CountMax);
    }
}
