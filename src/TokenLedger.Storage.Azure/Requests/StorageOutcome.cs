namespace TokenLedger.Storage.Azure.Requests;

/// <summary>What became of a request, as far as a caller can be expected to go on from it.</summary>
public enum StorageOutcome
{
    Done,

    /// <summary>The table, row, container, blob, queue or message is not there.</summary>
    NotFound,

    /// <summary>It is there already. After a repeated attempt it may be the same request's own work.</summary>
    AlreadyExists,

    /// <summary>It has changed since its ETag or receipt was read.</summary>
    ConditionNotMet,

    /// <summary>Somebody else holds the lease, or the lease of this id is gone.</summary>
    LeaseNotHeld,
}
