using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>One run attempt of the sample organisation.</summary>
public sealed record SampleRun(SampleWorkflow Workflow, long RunId, int Attempt, DateTimeOffset StartedAt, string Actor)
{
    /// <summary>Every call, in order of time.</summary>
    public IReadOnlyList<SampleCall> Calls { get; init; } = [];

    /// <summary>The pull request of the run's context.</summary>
    public long? PullRequest { get; init; }

    /// <summary>GitHub's conclusion.</summary>
    public string Conclusion { get; init; } = "success";

    /// <summary>False for the run whose artifacts were lost.</summary>
    public bool HasTelemetry { get; init; } = true;

    /// <summary>False where no session log came with the artifacts.</summary>
    public bool HasSession { get; init; } = true;

    /// <summary>True where the proxy was killed in the middle of its last line.</summary>
    public bool IsCut { get; init; }

    /// <summary>The calls of one phase.</summary>
    public IEnumerable<SampleCall> CallsOf(Phase phase) => Calls.Where(call => call.Phase == phase);
}
