using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Webhooks;

/// <summary>The fields of a body as they are read; null is absent or of another form.</summary>
internal sealed class WorkflowRunDraft
{
    private const string CompletedAction = "completed";

    public string? Action { get; set; }

    public WorkflowRunFields? Run { get; set; }

    public long? RepositoryId { get; set; }

    public string? RepositoryName { get; set; }

    public string? RepositoryHost { get; set; }

    public long? InstallationId { get; set; }

    public WorkflowRunReading Finish()
    {
        if (Action is null)
            return WorkflowRunReading.Refuse("action is missing or no text.");
        // Only the end of a run is recorded: earlier events of it name no conclusion and no artifact is there yet.
        if (!string.Equals(Action, CompletedAction, StringComparison.Ordinal))
            return WorkflowRunReading.Ignore("only completed runs are recorded");
        if (Run is not { } run)
            return WorkflowRunReading.Refuse("workflow_run is missing or no object.");
        if (run.Id is null)
            return WorkflowRunReading.Refuse("workflow_run.id is missing or no whole number.");
        if (run.Attempt is null)
            return WorkflowRunReading.Refuse("workflow_run.run_attempt is missing or no whole number.");
        if (RepositoryName is null)
            return WorkflowRunReading.Refuse("repository.full_name is missing or no text.");
        if (RepositoryId is not > 0)
            return WorkflowRunReading.Refuse("repository.id is missing or no id.");
        var host = RepositoryHost ?? run.Host ?? RunKey.PublicHost;
        if (RunIdentity.Of(host, RepositoryName, run.Id, run.Attempt, RepositoryId) is not { } identity)
            return WorkflowRunReading.Refuse("The repository, run id or attempt is none that GitHub can have.");
        return WorkflowRunReading.Of(new WorkflowRunEvent(run.FactsOf(identity), InstallationId));
    }
}
