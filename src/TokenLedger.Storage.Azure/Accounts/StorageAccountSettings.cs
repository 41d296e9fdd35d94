namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>What a person writes to name a storage account: a connection string, or a name, or endpoints.</summary>
/// <remarks>A connection string wins over the rest; an endpoint wins over the one made from the name.</remarks>
public sealed record StorageAccountSettings
{
    public string? ConnectionString { get; init; }

    public string? AccountName { get; init; }

    public string? BlobEndpoint { get; init; }

    public string? QueueEndpoint { get; init; }

    public string? TableEndpoint { get; init; }

    /// <summary>Says nothing of a connection string, which may hold a key.</summary>
    public override string ToString() => $"storage account {AccountName ?? "of a connection string"}";
}
