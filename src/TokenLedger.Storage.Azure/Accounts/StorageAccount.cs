namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>A storage account that can be addressed; with a key only if the settings gave one.</summary>
/// <remarks>Endpoints are absolute, without query, without user information and without a slash at the end.</remarks>
public sealed class StorageAccount
{
    internal StorageAccount(string name, Uri blobEndpoint, Uri queueEndpoint, Uri tableEndpoint, SharedKey? key)
    {
        Name = name;
        BlobEndpoint = blobEndpoint;
        QueueEndpoint = queueEndpoint;
        TableEndpoint = tableEndpoint;
        Key = key;
    }

    public string Name { get; }

    public Uri BlobEndpoint { get; }

    public Uri QueueEndpoint { get; }

    public Uri TableEndpoint { get; }

    /// <summary>Whether requests are signed with the account's key; otherwise a token credential is needed.</summary>
    public bool HasKey => Key is not null;

    internal SharedKey? Key { get; }

    public override string ToString() => $"storage account {Name}";
}
