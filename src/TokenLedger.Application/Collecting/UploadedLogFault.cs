namespace TokenLedger.Application.Collecting;

/// <summary>Why a message tells of no uploaded log.</summary>
public enum UploadedLogFault
{
    /// <summary>The text is no Event Grid event.</summary>
    NoEvent,

    /// <summary>The event is not that a blob was created.</summary>
    OtherEvent,

    /// <summary>The blob lies in another container than the archive's.</summary>
    OtherContainer,

    /// <summary>The blob's path names no run, or nothing of a run.</summary>
    NoRun,

    /// <summary>The archive's own file: whoever had it written folds the run or has queued that.</summary>
    OwnRecord,

    /// <summary>Host, owner or repository are not in lower case, so no run's archive holds the blob.</summary>
    NotLowerCase,

    /// <summary>The run is known as one of another repository.</summary>
    OtherRepository,
}
