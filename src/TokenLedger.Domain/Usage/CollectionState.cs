namespace TokenLedger.Domain.Usage;

/// <summary>What became of asking GitHub for an attempt's artifacts. A later value outweighs an earlier one.</summary>
public enum CollectionState
{
    /// <summary>GitHub refused until nobody asked any more.</summary>
    Refused,

    /// <summary>No artifact of the attempt holds telemetry.</summary>
    NoTelemetry,

    /// <summary>Artifacts of the attempt expired before they were collected, and none left holds telemetry.</summary>
    TelemetryExpired,

    /// <summary>Telemetry of the attempt was collected.</summary>
    Collected,
}
