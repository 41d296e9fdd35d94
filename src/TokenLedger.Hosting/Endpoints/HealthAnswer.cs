namespace TokenLedger.Hosting.Endpoints;

/// <summary>The answer of <c>/api/health</c>: figures and times, and no names of anybody's.</summary>
internal sealed record HealthAnswer(
    HealthStatus Status,
    string Version,
    int OpenAlerts,
    IReadOnlyList<HealthAnswer.Queue> Queues,
    IReadOnlyList<HealthAnswer.Function> Functions)
{
    internal sealed record Queue(string Name, long Messages, double? OldestAgeSeconds);

    internal sealed record Function(string Name, DateTimeOffset LastSuccessAt);
}
