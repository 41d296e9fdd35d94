namespace TokenLedger.Application.Configuration;

/// <summary>The Azure Storage account of a ledger: a connection string, or a name or endpoints without a key.</summary>
public sealed record AzureStorageConfiguration
{
    /// <summary>The connection string, which holds the account's key; null to sign in with an identity.</summary>
    public Secret? ConnectionString { get; init; }

    /// <summary>The account's name, from which its endpoints follow; null when they are named.</summary>
    public string? AccountName { get; init; }

    /// <summary>The blobs' endpoint; null for the account's own.</summary>
    public Uri? BlobEndpoint { get; init; }

    /// <summary>The queues' endpoint; null for the account's own.</summary>
    public Uri? QueueEndpoint { get; init; }

    /// <summary>The tables' endpoint; null for the account's own.</summary>
    public Uri? TableEndpoint { get; init; }
}
