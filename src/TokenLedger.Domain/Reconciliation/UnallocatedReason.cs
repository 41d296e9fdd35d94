namespace TokenLedger.Domain.Reconciliation;

/// <summary>Why a part of a bill has no run.</summary>
public enum UnallocatedReason
{
    /// <summary>People or other tools share the bucket, and the runs' estimates do not explain this part.</summary>
    OtherUsage,

    /// <summary>Known runs of the bucket have no telemetry.</summary>
    RunsWithoutTelemetry,

    /// <summary>Known usage of the bucket has no price.</summary>
    UnpricedUsage,

    /// <summary>No slice matches the charge.</summary>
    NoTelemetry,

    /// <summary>Slices match, but their estimates are 0.</summary>
    ZeroWeight,

    /// <summary>The charge is no agent usage: code review, the cloud agent, seats.</summary>
    NotAgentUsage,

    /// <summary>Actions minutes without the job minutes to split them by.</summary>
    NoJobMinutes,
}
