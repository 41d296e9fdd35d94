using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>What one look at a repository brought.</summary>
/// <param name="RunsSeen">Agent runs that were seen, known ones too.</param>
/// <param name="RunsQueued">Of these, the ones that the ledger did not know and that are queued now.</param>
/// <param name="IsWhole">Whether the look came to its end; else the next one goes on.</param>
/// <param name="Refusal">Why GitHub did not answer; null when it did.</param>
internal sealed record RepositoryLook(int RunsSeen, int RunsQueued, bool IsWhole, ProviderRefusal? Refusal)
{
    /// <summary>When the look began, which may be some sweeps ago.</summary>
    public DateTimeOffset BegunAt { get; init; }
}
