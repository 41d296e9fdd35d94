using System.Text.Json;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.TokenLogs;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Everything that the files of one run say, read once in an order of their own.</summary>
internal sealed class RunReading
{
    // An engine session a file, a few files a run.
    private const int MaximumSessions = 4_000;

    private readonly RunIdentity run;
    private readonly PriceBook prices;
    private readonly CancellationToken cancellation;
    private readonly List<SessionRecord> sessions = [];
    private IReadOnlyList<AttemptStart> starts = [];
    private AttemptWindows windows = new([]);
    private IRequestObserver? observer;

    private RunReading(RunIdentity run, PriceBook prices, CancellationToken cancellation)
    {
        this.run = run;
        this.prices = prices;
        this.cancellation = cancellation;
    }

    public List<(RunFile File, AwInfo Info)> Infos { get; } = [];

    public List<(RunFile File, WorkflowRunFacts Facts)> WorkflowRuns { get; } = [];

    public List<(RunFile File, CollectionFacts Facts)> Collections { get; } = [];

    public List<(RunFile File, RunSummary Summary)> Summaries { get; } = [];

    public List<(RunFile File, AgentUsage Usage)> AgentUsages { get; } = [];

    public List<(RunFile File, string? WorkflowPath, Payer? Payer)> Hints { get; } = [];

    public List<(RunFile File, LivePrice Price)> LivePrices { get; } = [];

    public List<InputProblem> Problems { get; } = [];

    public LineCounts Lines { get; private set; }

    public IReadOnlyList<SessionRecord> Sessions { get; private set; } = [];

    /// <summary>The proxy's own records, of every phase.</summary>
    public UsageAccumulator ProxyRecords { get; private set; } = null!;

    /// <summary>The proxy's events inside session files, by phase, for phases that have no records.</summary>
    public Dictionary<Phase, UsageAccumulator> ProxyEvents { get; } = [];

    public CallCoverage Coverage { get; private set; } = null!;

    /// <summary>Reads the files.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">Its files in an order of their own.</param>
    /// <param name="prices">Names and prices.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="observe">
    /// Makes who is shown each request that counts, once it is known when attempts started; null for nobody.
    /// </param>
    public static RunReading Of(
        RunIdentity run, IReadOnlyList<RunFile> files, PriceBook prices, CancellationToken cancellation,
        Func<AttemptWindows, IRequestObserver>? observe = null)
    {
        var reading = new RunReading(run, prices, cancellation);
        foreach (var file in files)
            reading.ReadDocument(file);
        reading.starts = [.. reading.Starts()];
        reading.windows = new AttemptWindows(reading.starts);
        reading.observer = observe?.Invoke(reading.windows);
        reading.ProxyRecords = reading.NewAccumulator();
        reading.Coverage = new CallCoverage(reading.windows);
        foreach (var file in files)
            reading.ReadLines(file);
        reading.Sessions = SessionSet.Once(reading.sessions);
        return reading;
    }

    private void ReadDocument(RunFile file)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (file.Kind)
        {
            case EvidenceKind.AwInfo when AwInfoReader.Read(file.File, Problems.Add) is { } info:
                Infos.Add((file, info));
                break;
            // One attempt's conclusion and start are not another's, wherever the file was put.
            case EvidenceKind.WorkflowRun when WorkflowRunFile.Read(file.File, Problems.Add) is { } facts
                && facts.Run.Attempt == file.Attempt:
                WorkflowRuns.Add((file, facts));
                break;
            case EvidenceKind.Collection when CollectionFile.Read(file.File, Problems.Add) is { } collected
                && collected.Run.RunId == run.RunId && collected.Run.Attempt == file.Attempt:
                Collections.Add((file, collected));
                break;
            case EvidenceKind.RunSummary when RunSummaryReader.Read(file.File, Problems.Add) is { } summary:
                Summaries.Add((file, summary));
                break;
            case EvidenceKind.AgentUsage when AgentUsage.Read(file.File, Problems.Add) is { } usage:
                AgentUsages.Add((file, usage));
                break;
            case EvidenceKind.RunHints:
                var (path, payer) = RunHintsFile.Read(file.File, Problems.Add);
                Hints.Add((file, path, payer));
                break;
            case EvidenceKind.LiveModels:
                foreach (var price in LivePrice.Read(file.File, Problems.Add))
                    LivePrices.Add((file, price));
                break;
        }
    }

    private IEnumerable<AttemptStart> Starts() => Infos
        .Select(pair => (pair.File.Attempt, At: pair.Info.CreatedAt))
        .Concat(WorkflowRuns.Select(pair => (pair.File.Attempt, At: pair.Facts.StartedAt)))
        .Where(start => start.At is not null)
        .GroupBy(start => start.Attempt)
        .Select(group => new AttemptStart(group.Key, group.Min(start => start.At!.Value)));

    private void ReadLines(RunFile file)
    {
        switch (file.Kind)
        {
            case EvidenceKind.TokenUsage:
                ReadRecords(file);
                break;
            case EvidenceKind.Session:
                var reader = new SessionFileReader(file, windows)
                {
                    OnProxyEvent = (root, phase, attempt) => AddEvent(root, file.Path, phase, attempt),
                };
                Lines += reader.Read(Problems.Add, cancellation);
                sessions.AddRange(reader.Sessions.Take(MaximumSessions - sessions.Count));
                break;
            case EvidenceKind.TrackerAudit:
                Lines += Coverage.Read(file, Problems.Add, cancellation);
                break;
            case EvidenceKind.AgentUsageLines or EvidenceKind.ModelRouting:
                Lines += JsonLines.Read(
                    file.File, static (_, _) => LineOutcome.Accepted, Problems.Add, cancellation);
                break;
        }
    }

    private void ReadRecords(RunFile file)
    {
        try
        {
            using var stream = file.File.OpenRead();
            Lines += ProxyRecords.AddFile(
                stream, new UsageFileContext(file.Path, file.Phase, file.Attempt), Problems.Add, cancellation);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Problems.Add(new InputProblem(file.Path, null, EvidenceCodes.Unreadable,
                "The file cannot be read to its end; what came before was taken. Fetch it again."));
        }
    }

    private LineOutcome AddEvent(JsonElement root, string source, Phase phase, int attempt)
    {
        if (ProxyEventRecord.Of(root) is not { } record)
        {
            Problems.Add(new InputProblem(source, null, EvidenceCodes.WrongFigure,
                "A firewall.token_usage event has no time and was left out; fetch the file again."));
            return LineOutcome.Rejected;
        }

        if (!ProxyEvents.TryGetValue(phase, out var accumulator))
            ProxyEvents.Add(phase, accumulator = NewAccumulator());
        var isNew = accumulator.Add(
            record, new UsageFileContext(source, phase, attempt), UsageEvidence.SessionRecords);
        return isNew ? LineOutcome.Accepted : LineOutcome.Duplicate;
    }

    private UsageAccumulator NewAccumulator() =>
        new(run.Host, run.RunId, starts, prices, workers: 0, observer);
}
