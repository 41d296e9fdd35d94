using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Azure.Core.Diagnostics;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tests.Fakes;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Accounts;

public sealed class SecretTests(AzuriteFixture azurite)
{
    private const string Token = "eyJhbGciOiJub25lIn0.secret.token";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task No_failure_shows_a_key_a_token_a_signature_or_the_services_words(int status)
    {
        const string Body = """{"odata.error":{"code":"AuthenticationFailed","message":{"value":"MAC signature 'bWFj' for row secret-row"}}}""";
        // The listener hears other tests too, from their threads; they use no secrets of ours but the key.
        var shown = new ConcurrentQueue<string>();
        var secrets = new List<string> { FakeAccount.Key, Token, "secret-row", "secret-receipt", "bWFj" };
        using (var listener = new AzureEventSourceListener((_, text) => shown.Enqueue(text), EventLevel.LogAlways))
        {
            foreach (var isKey in new[] { true, false })
            {
                var transport = new FakeTransport([.. Enumerable.Range(0, 12).Select(_ => new FakeResponse(status, Body))]);
                var storage = isKey ? FakeAccount.WithKey(transport) : FakeAccount.WithToken(transport, new FakeCredential(Token));
                shown.Enqueue((await Assert.ThrowsAsync<StorageFailureException>(
                    () => storage.Table("runs").InsertAsync(new("p", "r") { ["A"] = "secret-row" }, Cancelled))).ToString());
                shown.Enqueue((await Assert.ThrowsAsync<StorageFailureException>(
                    () => storage.Queue("parse-runs").DeleteAsync(new("id", "secret-receipt", "", 1), Cancelled))).ToString());
                secrets.AddRange(transport.Sent.Select(sent => sent.Headers["Authorization"].Split(' ', ':')[^1]));
            }
        }

        var text = string.Join('\n', shown);
        // Something was logged: requests appear with their address, and what is secret in it is redacted.
        Assert.Contains("https://acme.table.core.windows.net/runs", text, StringComparison.Ordinal);
        Assert.Contains("popreceipt=REDACTED", text, StringComparison.Ordinal);
        Assert.Contains("AuthenticationFailed", text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_by_the_emulator_without_being_shown()
    {
        var text = azurite.ConnectionString.Replace(AzuriteEmulator.AccountKey, FakeAccount.Key, StringComparison.Ordinal);
        var storage = new StorageServices(FakeAccount.Read(new() { ConnectionString = text }));
        var failures = new[]
        {
            await Assert.ThrowsAsync<StorageFailureException>(() => storage.Table("runs").CreateIfMissingAsync(Cancelled)),
            await Assert.ThrowsAsync<StorageFailureException>(() => storage.Container("logs").CreateIfMissingAsync(Cancelled)),
            await Assert.ThrowsAsync<StorageFailureException>(() => storage.Queue("parse-runs").CreateIfMissingAsync(Cancelled)),
        };
        Assert.All(failures, failure => Assert.Equal(403, failure.Status));
        Assert.All(failures, failure => Assert.DoesNotContain(FakeAccount.Key, failure.ToString(), StringComparison.Ordinal));
    }
}
