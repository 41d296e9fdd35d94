using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Tests.Sweeping;

/// <summary>A run of a simulated GitHub with its attempts.</summary>
internal sealed class SimulatedRun(string repository, long id, DateTimeOffset createdAt, bool isAgents)
{
    private readonly List<(DateTimeOffset StartedAt, DateTimeOffset EndsAt)> attempts = [];
    private (int Attempt, bool IsFinished, FoundRun Found)? last;

    public long Id => id;

    public string Repository => repository;

    public DateTimeOffset CreatedAt => createdAt;

    public bool IsAgents => isAgents;

    public int Attempts => attempts.Count;

    public SimulatedRun Add(DateTimeOffset startedAt, TimeSpan lasts)
    {
        attempts.Add((startedAt, startedAt + lasts));
        return this;
    }

    public DateTimeOffset EndOf(int attempt) => attempts[attempt - 1].EndsAt;

    /// <summary>What GitHub shows of it: its latest attempt that has started.</summary>
    public FoundRun At(DateTimeOffset now)
    {
        var latest = Math.Max(1, attempts.FindLastIndex(attempt => attempt.StartedAt <= now) + 1);
        var isFinished = attempts[latest - 1].EndsAt <= now;
        // A sweep looks at a run many times, and nothing of it changes but at its ends.
        if (last is not { } kept || kept.Attempt != latest || kept.IsFinished != isFinished)
            last = (latest, isFinished, Create(latest, isFinished));
        return last.Value.Found;
    }

    private FoundRun Create(int attempt, bool isFinished) => new(
        new WorkflowRunFacts(RunIdentity.Of("github.com", repository, id, attempt, 77)!)
        {
            WorkflowPath = isAgents ? ".github/workflows/triage.lock.yml" : ".github/workflows/ci.yml",
            Conclusion = isFinished ? "success" : null,
            StartedAt = attempts[attempt - 1].StartedAt,
        },
        isFinished, createdAt)
    {
        UpdatedAt = attempts[attempt - 1].EndsAt,
    };
}
