using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Findings;

/// <summary>An action in the journal: what a finding led to.</summary>
/// <param name="Id">Its id: of the finding and what is done, so that a finding leads to it once.</param>
/// <param name="FindingId">The finding's id.</param>
/// <param name="Code">The finding's code.</param>
/// <param name="Subject">What the finding is about; hostile text.</param>
/// <param name="Do">What is done.</param>
/// <param name="Host">The GitHub host.</param>
/// <param name="Repository">The repository as <c>owner/name</c>.</param>
public sealed record FindingAction(
    string Id, string FindingId, string Code, string Subject, FindingActionKind Do, string Host, string Repository)
{
    /// <summary>The run to cancel; null for a workflow.</summary>
    public long? RunId { get; init; }

    /// <summary>The attempt to cancel; null for a workflow.</summary>
    public int? Attempt { get; init; }

    /// <summary>The workflow file; null when unknown.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>When it was written down that it will be done, UTC. GitHub was asked after it.</summary>
    public required DateTimeOffset IntentAt { get; init; }

    /// <summary>When it was written down what came of it, UTC; null when nobody knows: it is looked at again.</summary>
    public DateTimeOffset? ResultAt { get; init; }

    /// <summary>What came of it; null when nobody knows.</summary>
    public FindingActionResult? Result { get; init; }

    /// <summary>Why it was refused; null when it was not.</summary>
    public string? Message { get; init; }

    /// <summary>When it was written down that it will be undone, UTC; null when it was not.</summary>
    public DateTimeOffset? UndoIntentAt { get; init; }

    /// <summary>When it was undone, UTC; null when it was not.</summary>
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Who undid it; null when nobody did.</summary>
    public string? UndoneBy { get; init; }

    /// <summary>Whether undoing it does anything: a run that was cancelled stays so.</summary>
    public bool IsReversible => Do == FindingActionKind.DisableWorkflow && Result == FindingActionResult.Done;
}
