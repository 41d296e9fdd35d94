using Azure.Core;
using TokenLedger.Storage.Azure.Accounts;

namespace TokenLedger.Storage.Azure.Tests.Fakes;

/// <summary>An account that exists only in a <see cref="FakeTransport"/>.</summary>
public static class FakeAccount
{
    /// <summary>Base64 of "this is the secret key of acme".</summary>
    public const string Key = "dGhpcyBpcyB0aGUgc2VjcmV0IGtleSBvZiBhY21l";

    public static StorageServices WithKey(FakeTransport transport) =>
        new(Read(new() { ConnectionString = $"AccountName=acme;AccountKey={Key}" }), null, Options(transport));

    public static StorageServices WithToken(FakeTransport transport, TokenCredential credential) =>
        new(Read(new() { AccountName = "acme" }), credential, Options(transport));

    /// <summary>Waits of a millisecond: how long they are is Azure.Core's business, that they happen is ours.</summary>
    public static StorageClientOptions Options(FakeTransport transport, TimeSpan? retryAfterMax = null)
    {
        var options = new StorageClientOptions
        {
            Transport = transport,
            Time = new SteppingClock(),
            RetryAfterMax = retryAfterMax ?? TimeSpan.FromSeconds(30),
        };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(2);
        options.Retry.MaxRetries = 3;
        return options;
    }

    public static StorageAccount Read(StorageAccountSettings settings)
    {
        var reading = StorageAccountReader.Read(settings);
        Assert.Empty(reading.Problems);
        return reading.Account!;
    }
}
