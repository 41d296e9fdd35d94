namespace TokenLedger.Application.Ports;

/// <summary>Stops runs and workflows on GitHub. Asked only for actions that are configured.</summary>
/// <remarks>
/// Each call may be repeated: what is cancelled, disabled or enabled already stays so. Never an exception for what
/// GitHub said. A GitHub App needs Actions: write (GitHub's documentation of the Actions API, 2026-11).
/// </remarks>
public interface IRunControl
{
    /// <summary>What GitHub says of a workflow.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="file">The workflow file's name without its folder.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<WorkflowState>> FindWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation);

    /// <summary>Cancels a run.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>Null when GitHub takes it; a run that has ended is refused.</returns>
    Task<ProviderRefusal?> CancelRunAsync(RepositoryAccess repository, long runId, CancellationToken cancellation);

    /// <summary>Disables a workflow: nothing starts it until it is enabled. Runs under way go on.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="file">The workflow file's name without its folder.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderRefusal?> DisableWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation);

    /// <summary>Enables a workflow.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="file">The workflow file's name without its folder.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderRefusal?> EnableWorkflowAsync(
        RepositoryAccess repository, string file, CancellationToken cancellation);
}
