namespace TokenLedger.Application.Ports;

/// <summary>What somebody must look at.</summary>
public interface IAlertLog
{
    /// <summary>The alert of a kind and subject; null when there is none.</summary>
    Task<Alert?> FindAsync(string kind, string subject, CancellationToken cancellation);

    /// <summary>Stores the alert in place of one of the same kind and subject.</summary>
    Task StoreAsync(Alert alert, CancellationToken cancellation);

    /// <summary>All alerts, ordered by kind, then subject.</summary>
    IAsyncEnumerable<Alert> ReadAsync(CancellationToken cancellation);

    /// <summary>The alerts of a kind, ordered by subject; costs what there is of the kind.</summary>
    IAsyncEnumerable<Alert> ReadAsync(string kind, CancellationToken cancellation);
}
