using System.Text.Json.Serialization;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>How the service is, in a word.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
internal enum HealthStatus
{
    /// <summary>Nothing failed for good.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Messages are on a poison queue, or alerts are open.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,
}
