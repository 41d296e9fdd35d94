using TokenLedger.Testing.FunctionsHost.Invocations;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>What happened since the host was started: read it after waiting for what it should hold.</summary>
public sealed class HostJournal
{
    // The oldest lines go first.
    private const int LinesMax = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<HostLogLine> lines = new();
    private readonly List<Invocation> invocations = [];
    private readonly List<int> exitCodes = [];

    public IReadOnlyList<HostLogLine> Lines
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    public IReadOnlyList<Invocation> Invocations
    {
        get
        {
            lock (gate)
                return [.. invocations];
        }
    }

    /// <summary>Of the handlers that ended by themselves, in order.</summary>
    public IReadOnlyList<int> ExitCodes
    {
        get
        {
            lock (gate)
                return [.. exitCodes];
        }
    }

    public IReadOnlyList<Invocation> Hangs =>
        [.. Invocations.Where(invocation => invocation.Judgement.Verdict == Verdict.Hung)];

    internal void Add(Invocation invocation)
    {
        lock (gate)
            invocations.Add(invocation);
        foreach (var line in invocation.Judgement.Logs)
            Add(new HostLogLine(HostLogLevel.Information, line));
    }

    internal void Add(HostLogLine line)
    {
        lock (gate)
        {
            if (lines.Count == LinesMax)
                lines.Dequeue();
            lines.Enqueue(line);
        }
    }

    internal void AddExit(int code)
    {
        lock (gate)
            exitCodes.Add(code);
    }
}
