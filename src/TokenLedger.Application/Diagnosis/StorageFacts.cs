using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Diagnosis;

/// <summary>What was seen of the storage from outside.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Place">The file, or the account.</param>
public sealed record StorageFacts(StorageKind Kind, string Place)
{
    /// <summary>Whether a ledger is there.</summary>
    public required bool Exists { get; init; }

    /// <summary>Why it could not be opened; null when it could, or was not tried.</summary>
    public string? Failure { get; init; }

    /// <summary>Bytes left on the disk; null where there is none, or nobody knows.</summary>
    public long? FreeBytes { get; init; }

    /// <summary>The version of the tables; null where they have none.</summary>
    public long? SchemaVersion { get; init; }

    /// <summary>Tables, queues and containers that are missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
