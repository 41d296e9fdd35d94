using Azure.Core;
using Azure.Core.Pipeline;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>The tables, containers and queues of one account. Keep one for the life of the program.</summary>
public sealed class StorageServices
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly StorageService blobs;
    private readonly StorageService queues;
    private readonly StorageService tables;

    /// <param name="account">From <see cref="StorageAccountReader"/>.</param>
    /// <param name="credential">Used when the account has no key; then every endpoint must be https.</param>
    /// <param name="options">Retries, time-outs, transport and clock.</param>
    public StorageServices(
        StorageAccount account, TokenCredential? credential = null, StorageClientOptions? options = null)
    {
        options ??= new();
        options.RetryPolicy ??= new PatientRetryPolicy(options);
        var full = HttpPipelineBuilder.Build(options, Authentication(account, isLite: false, credential, options));
        // Tokens are the same for all services, so that one pipeline fetches them once.
        var lite = account.HasKey
            ? HttpPipelineBuilder.Build(options, Authentication(account, isLite: true, credential, options))
            : full;
        blobs = new(full, account.BlobEndpoint, options);
        queues = new(full, account.QueueEndpoint, options);
        tables = new(lite, account.TableEndpoint, options);
    }

    /// <exception cref="ArgumentException">The service would not accept the name.</exception>
    public TableClient Table(string name) => new(tables, name);

    /// <exception cref="ArgumentException">The service would not accept the name.</exception>
    public BlobContainerClient Container(string name) => new(blobs, name);

    /// <exception cref="ArgumentException">The service would not accept the name.</exception>
    public QueueClient Queue(string name, QueueTextEncoding encoding = QueueTextEncoding.Base64) =>
        new(queues, name) { Encoding = encoding };

    private static HttpPipelinePolicy Authentication(
        StorageAccount account, bool isLite, TokenCredential? credential, StorageClientOptions options)
    {
        if (account.Key is { } key)
            return new SharedKeyPolicy(key, isLite, options.Time);
        ArgumentNullException.ThrowIfNull(credential);
        return new BearerTokenAuthenticationPolicy(credential, Scope);
    }
}
