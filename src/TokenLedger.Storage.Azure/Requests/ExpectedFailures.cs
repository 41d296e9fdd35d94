namespace TokenLedger.Storage.Azure.Requests;

/// <summary>Which answers of the services are expected failures. Everything else is a failure of storage.</summary>
internal static class ExpectedFailures
{
    public static StorageOutcome? Find(int status, string? errorCode) => (status, errorCode) switch
    {
        (400, "PopReceiptMismatch") => StorageOutcome.ConditionNotMet,
        // Somebody else's commit or overwrite threw our uncommitted blocks away.
        (400, "InvalidBlockList") => StorageOutcome.ConditionNotMet,
        // HEAD answers have no body, and a missing thing is told by the status alone.
        (404, _) => StorageOutcome.NotFound,
        (409, "TableAlreadyExists" or "EntityAlreadyExists") => StorageOutcome.AlreadyExists,
        (409, "BlobAlreadyExists" or "ContainerAlreadyExists" or "QueueAlreadyExists") =>
            StorageOutcome.AlreadyExists,
        (409, "LeaseAlreadyPresent" or "LeaseIdMismatchWithLeaseOperation") => StorageOutcome.LeaseNotHeld,
        (409, "LeaseNotPresentWithLeaseOperation" or "LeaseIsBrokenAndCannotBeRenewed") => StorageOutcome.LeaseNotHeld,
        (409, "LeaseIsBreakingAndCannotBeAcquired" or "LeaseAlreadyBroken") => StorageOutcome.LeaseNotHeld,
        (412, "LeaseIdMissing" or "LeaseIdMismatchWithBlobOperation" or "LeaseLost") => StorageOutcome.LeaseNotHeld,
        (412, "LeaseNotPresentWithBlobOperation") => StorageOutcome.LeaseNotHeld,
        (412, _) => StorageOutcome.ConditionNotMet,
        _ => null,
    };
}
