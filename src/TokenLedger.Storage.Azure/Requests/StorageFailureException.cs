namespace TokenLedger.Storage.Azure.Requests;

/// <summary>Storage did not do what was asked, for a reason that no caller can be expected to foresee.</summary>
/// <remarks>
/// The message names the operation, the status and the service's error code, but not the service's own words: those
/// may quote a signature or a row.
/// </remarks>
public sealed class StorageFailureException : Exception
{
    internal StorageFailureException(
        string operation, int status, string? errorCode, string? requestId = null, Exception? cause = null)
        : base(Describe(operation, status, errorCode, requestId), cause)
    {
        Status = status;
        ErrorCode = errorCode;
    }

    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public int Status { get; }

    /// <summary>The service's name for the failure; null when it gave none.</summary>
    public string? ErrorCode { get; }

    /// <summary>How long the service asks to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    /// <remarks>Also when a table, container or queue of the same name is still being deleted.</remarks>
    public bool IsTransient => Status is 0 or 408 or 429 or >= 500
        || (ErrorCode is not null && ErrorCode.EndsWith("BeingDeleted", StringComparison.Ordinal));

    private static string Describe(string operation, int status, string? errorCode, string? requestId)
    {
        var answer = status == 0 ? "no answer came" : "status " + HeaderNumbers.Text(status);
        var code = errorCode is null ? "" : $" {errorCode}";
        var request = requestId is null ? "" : $" (request {requestId})";
        return $"Storage failed to {operation}: {answer}{code}{request}.";
    }
}
