using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Accounts;

public sealed class SharedKeyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_text_to_sign_lists_headers_and_parameters_in_the_services_order()
    {
        using var request = new FakeTransport().CreateRequest();
        request.Method = RequestMethod.Put;
        request.Uri.Reset(new Uri("https://acme.blob.core.windows.net/logs/a%20b.txt?comp=block&blockid=a%3D%3D&Timeout=5"));
        request.Content = RequestContent.Create("hello"u8.ToArray());
        request.Headers.SetValue("x-ms-version", "2020-12-06");
        request.Headers.SetValue("x-ms-date", "Sun, 22 Nov 2026 03:25:02 GMT");
        request.Headers.SetValue("X-MS-Meta-A", " padded ");
        request.Headers.SetValue("Content-Type", "text/plain");
        request.Headers.SetValue("If-Match", "\"0x8D\"");
        request.Headers.SetValue("Accept", "not signed");
        Assert.Equal(
            "PUT\n\n\n5\n\ntext/plain\n\n\n\"0x8D\"\n\n\n\n"
            + "x-ms-date:Sun, 22 Nov 2026 03:25:02 GMT\nx-ms-meta-a:padded\nx-ms-version:2020-12-06\n"
            + "/acme/logs/a%20b.txt\nblockid:a==\ncomp:block\ntimeout:5",
            SharedKeyText.Full(request, "acme"));
    }

    [Fact]
    public void An_empty_body_has_no_length_in_the_text_to_sign()
    {
        using var request = new FakeTransport().CreateRequest();
        request.Method = RequestMethod.Put;
        request.Uri.Reset(new Uri("http://127.0.0.1:10000/devstoreaccount1/logs"));
        request.Content = RequestContent.Create(Array.Empty<byte>());
        Assert.Equal("PUT\n\n\n\n\n\n\n\n\n\n\n\n/devstoreaccount1/devstoreaccount1/logs", SharedKeyText.Full(request, "devstoreaccount1"));
    }

    [Theory]
    [InlineData("https://acme.table.core.windows.net/runs(PartitionKey='o%27%27b',RowKey='')?$top=5", "/acme/runs(PartitionKey='o%27%27b',RowKey='')")]
    [InlineData("https://acme.table.core.windows.net/?restype=service&comp=properties", "/acme/?comp=properties")]
    [InlineData("http://127.0.0.1:10002/acme/$batch", "/acme/acme/$batch")]
    public void The_text_to_sign_of_tables_is_date_and_resource(string address, string resource)
    {
        using var request = new FakeTransport().CreateRequest();
        request.Uri.Reset(new Uri(address));
        request.Headers.SetValue("x-ms-date", "Sun, 22 Nov 2026 03:25:02 GMT");
        Assert.Equal("Sun, 22 Nov 2026 03:25:02 GMT\n" + resource, SharedKeyText.Lite(request, "acme"));
    }

    [Fact]
    public async Task Every_attempt_is_signed_anew_with_its_own_date()
    {
        var transport = new FakeTransport(new(503), new FakeResponse(200, "{}"));
        await FakeAccount.WithKey(transport).Table("runs").GetAsync("p", "r", [], Cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(["Sun, 22 Nov 2026 03:25:02 GMT", "Sun, 22 Nov 2026 03:26:02 GMT"], transport.Sent.Select(sent => sent.Headers["x-ms-date"]));
        Assert.All(transport.Sent, sent =>
        {
            var text = $"{sent.Headers["x-ms-date"]}\n/acme/runs(PartitionKey='p',RowKey='r')";
            var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(FakeAccount.Key), Encoding.UTF8.GetBytes(text)));
            Assert.Equal("SharedKeyLite acme:" + signature, sent.Headers["Authorization"]);
        });
    }
}
