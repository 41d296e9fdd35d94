using System.Collections.Immutable;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>An attempt of a run.</summary>
public sealed class FakeRunAttempt
{
    private ImmutableList<FakeJob> jobs = [];

    internal FakeRunAttempt(FakeRun run, int number, DateTimeOffset startedAt)
    {
        Run = run;
        Number = number;
        StartedAt = startedAt;
        UpdatedAt = startedAt;
    }

    /// <summary>The run.</summary>
    public FakeRun Run { get; }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary><c>in_progress</c> or <c>completed</c>.</summary>
    public string Status { get; private set; } = "in_progress";

    /// <summary>How it ended; null while it is under way.</summary>
    public string? Conclusion { get; private set; }

    /// <summary>Who set it off; null for the run's actor.</summary>
    public string? TriggeringActor { get; set; }

    /// <summary>Its jobs.</summary>
    public IReadOnlyList<FakeJob> Jobs => jobs;

    /// <summary>Ends it.</summary>
    public void Finish(DateTimeOffset at, string conclusion = "success")
    {
        UpdatedAt = at;
        Conclusion = conclusion;
        Status = "completed";
    }

    /// <summary>Adds a job that ran for so long; one that was skipped has no times.</summary>
    public FakeRunAttempt AddJob(string name, TimeSpan? lasts)
    {
        var number = jobs.Count + 1;
        jobs = jobs.Add(new FakeJob(
            (Run.Id * 100) + number, name, lasts is null ? null : StartedAt, StartedAt + lasts));
        return this;
    }
}
