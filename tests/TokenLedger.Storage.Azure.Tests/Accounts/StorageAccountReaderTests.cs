using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Accounts;

public sealed class StorageAccountReaderTests
{
    [Fact]
    public void The_development_string_means_the_emulator()
    {
        var account = FakeAccount.Read(new() { ConnectionString = "UseDevelopmentStorage=true" });
        Assert.Equal("devstoreaccount1", account.Name);
        Assert.Equal("http://127.0.0.1:10000/devstoreaccount1", account.BlobEndpoint.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:10001/devstoreaccount1", account.QueueEndpoint.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", account.TableEndpoint.AbsoluteUri);
        Assert.True(account.HasKey);
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://acme.table.core.windows.net/")]
    [InlineData("AccountName=acme;AccountKey=a2V5", "https://acme.table.core.windows.net/")]
    [InlineData(" accountname = acme ; ACCOUNTKEY=a2V5; EndpointSuffix=core.chinacloudapi.cn;", "https://acme.table.core.chinacloudapi.cn/")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5", "http://acme.table.core.windows.net/")]
    [InlineData("AccountName=acme;AccountKey=a2V5;TableEndpoint=http://localhost:5/acme/", "http://localhost:5/acme")]
    public void A_connection_string_names_endpoints(string text, string tableEndpoint)
    {
        var account = FakeAccount.Read(new() { ConnectionString = text });
        Assert.Equal(("acme", tableEndpoint, true), (account.Name, account.TableEndpoint.AbsoluteUri, account.HasKey));
    }

    [Fact]
    public void A_name_is_enough_when_tokens_are_used()
    {
        var account = FakeAccount.Read(new() { AccountName = "acme" });
        Assert.Equal("https://acme.blob.core.windows.net/", account.BlobEndpoint.AbsoluteUri);
        Assert.Equal("https://acme.queue.core.windows.net/", account.QueueEndpoint.AbsoluteUri);
        Assert.False(account.HasKey);
        Assert.Throws<ArgumentNullException>(() => new StorageServices(account));
    }

    [Fact]
    public void Endpoints_are_enough_when_tokens_are_used() => Assert.Equal("acme", FakeAccount.Read(new()
    {
        BlobEndpoint = "https://acme.blob.core.windows.net",
        QueueEndpoint = "https://acme.queue.core.windows.net",
        TableEndpoint = "https://acme.table.core.windows.net",
    }).Name);

    [Theory]
    [InlineData("AccountKey=c2VjcmV0", "The account is not named: give AccountName, or all three endpoints.")]
    [InlineData("AccountName=ACME;AccountKey=c2VjcmV0", "AccountName is not 3 to 24 lower-case letters and digits.")]
    [InlineData("AccountName=acme;AccountKey=c2VjcmV0!", "AccountKey is not Base64.")]
    [InlineData("AccountName=acme;AccountKey=", "AccountKey is not Base64.")]
    [InlineData("AccountName=acme;AccountKey=c2VjcmV0;AccountKey=c2VjcmV0", "The connection string has AccountKey twice.")]
    [InlineData("AccountName=acme;BlobEndpoint=https://x/?sig=c2VjcmV0", "The blob endpoint is no http or https address without query.")]
    [InlineData("AccountName=acme;QueueEndpoint=https://c2VjcmV0@x/", "The queue endpoint is no http or https address without query.")]
    [InlineData("AccountName=acme;TableEndpoint=ftp://c2VjcmV0/", "The table endpoint is no http or https address without query.")]
    [InlineData(
        "BlobEndpoint=https://acme.blob.core.windows.net;SharedAccessSignature=sv=2020&sig=c2VjcmV0",
        "A SharedAccessSignature is not supported: give an AccountKey, or only the account's name.")]
    [InlineData("UseDevelopmentStorage=true;AccountKey=c2VjcmV0", "UseDevelopmentStorage=true stands alone.")]
    [InlineData("UseDevelopmentStorage=c2VjcmV0", "UseDevelopmentStorage=true stands alone.")]
    public void A_problem_is_named_without_its_value(string text, string problem)
    {
        var settings = new StorageAccountSettings { ConnectionString = text };
        var reading = StorageAccountReader.Read(settings);
        Assert.Null(reading.Account);
        Assert.Equal([problem], reading.Problems);
        Assert.DoesNotContain("c2VjcmV0", reading.ToString() + settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c2VjcmV0")]
    [InlineData("c2VjcmV0=x")]
    [InlineData("=c2VjcmV0")]
    public void A_part_without_a_known_name_is_a_problem_and_is_not_quoted(string text)
    {
        var problem = Assert.Single(StorageAccountReader.Read(new() { ConnectionString = text }).Problems);
        Assert.Contains("AccountName", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_reported()
    {
        var reading = StorageAccountReader.Read(new() { BlobEndpoint = "x", QueueEndpoint = "https://a?b" });
        Assert.Equal(3, reading.Problems.Count);
        Assert.Single(StorageAccountReader.Read(new() { ConnectionString = new('x', 8_193) }).Problems);
    }

    [Fact]
    public void An_account_does_not_show_its_key()
    {
        var account = FakeAccount.Read(new() { ConnectionString = $"AccountName=acme;AccountKey={FakeAccount.Key}" });
        Assert.Equal("storage account acme", account.ToString());
        Assert.Equal("key of acme", account.Key!.ToString());
    }
}
