namespace TokenLedger.Ingestion.Webhooks;

/// <summary>What a <c>workflow_run</c> body turned out to be: exactly one of the three.</summary>
public sealed record WorkflowRunReading
{
    /// <summary>The event; null when there is nothing to do or to understand.</summary>
    public WorkflowRunEvent? Event { get; private init; }

    /// <summary>Why there is nothing to do; null otherwise.</summary>
    public string? IgnoredBecause { get; private init; }

    /// <summary>What is missing or wrong, in words of ours alone; null otherwise.</summary>
    public string? Malformed { get; private init; }

    internal static WorkflowRunReading Of(WorkflowRunEvent read) => new() { Event = read };

    internal static WorkflowRunReading Ignore(string reason) => new() { IgnoredBecause = reason };

    internal static WorkflowRunReading Refuse(string message) => new() { Malformed = message };
}
