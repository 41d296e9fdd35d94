using System.Text;
using System.Text.Json;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Collecting;

public sealed class UploadedLogTests
{
    private const string Blobs = "/blobServices/default/containers/run-logs/blobs/";

    private static string Event(string subject, string type = "Microsoft.Storage.BlobCreated") =>
        "{\"topic\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a\",\"subject\":"
        + Quoted(subject) + ",\"eventType\":" + Quoted(type) + ",\"id\":\"1\",\"data\":{\"api\":\"PutBlob\","
        + "\"contentType\":\"application/zip\",\"url\":\"https://a.blob.core.windows.net/x\"},\"dataVersion\":\"\","
        + "\"metadataVersion\":\"1\",\"eventTime\":\"2026-11-03T10:00:00.1234567Z\"}";

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static readonly string Good = Event(Blobs + "github.com/acme/web/4711/2/agent.zip");

    public static TheoryData<string> Wrappings()
    {
        var cloud = "{\"specversion\":\"1.0\",\"type\":\"Microsoft.Storage.BlobCreated\",\"source\":\"/x\",\"subject\":"
            + Quoted(Blobs + "github.com/acme/web/4711/2/agent.zip") + ",\"id\":\"1\"}";
        return
        [
            Good, "[" + Good + "]", cloud, " \r\n" + Good + "\n", "\uFEFF" + Good, Base64(Good), Base64("[" + Good + "]"),
            Base64("\uFEFF" + Good), Quoted(Good), Quoted("[" + Good + "]"), Quoted(Base64(Good)), Base64(Quoted(Good)),
            Quoted(Quoted(Good)),
        ];
    }

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void An_event_is_read_however_it_is_wrapped(string text) => Assert.Equal(
        new UploadedLog(new RunIdentity("github.com", "acme", "web", 4711, 2), "agent.zip"),
        UploadedLog.Read(text).Log);

    [Theory]
    [InlineData("github.com/acme/web/1/1/usage.jsonl", "github.com", "acme/web", 1, 1, "usage.jsonl")]
    [InlineData("github.com/acme/web/1/12/up/a/b/c.jsonl", "github.com", "acme/web", 1, 12, "up")]
    [InlineData("ghe.acme.com/acme/%2Egithub/9/1/up/x", "ghe.acme.com", "acme/.github", 9, 1, "up")]
    [InlineData("github.com/acme/.github/9/1/up%20load/x", "github.com", "acme/.github", 9, 1, "up load")]
    [InlineData("github.com/acme/web/1/1/%2e%2e/x", "github.com", "acme/web", 1, 1, "..")]
    public void The_path_names_the_run(
        string path, string host, string repository, long runId, int attempt, string upload)
    {
        var log = UploadedLog.Read(Event(Blobs + path)).Log!;
        Assert.Equal(
            (host, repository, runId, attempt, upload),
            (log.Run.Host, log.Run.Repository, log.Run.RunId, log.Run.Attempt, log.UploadName));
        Assert.Null(log.Run.RepositoryId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("github.com/acme/web/4711/2")]
    [InlineData("github.com/acme/web/4711/2/")]
    [InlineData("github.com/acme/web/4711/.hashes/x")]
    [InlineData("github.com/acme/web/4711/0/x")]
    [InlineData("github.com/acme/web/4711/02/x")]
    [InlineData("github.com/acme/web/4711/-1/x")]
    [InlineData("github.com/acme/web/4711/4294967297/x")]
    [InlineData("github.com/acme/web/0/1/x")]
    [InlineData("github.com/acme/web/99999999999999999999/1/x")]
    [InlineData("github.com/acme/web/4711 /1/x")]
    [InlineData("github.com/acme/../4711/1/x")]
    [InlineData("github.com/acme/%2e%2e/4711/1/x")]
    [InlineData("github.com/acme/a%2Fb/4711/1/x")]
    [InlineData("github.com/acme/a%00b/4711/1/x")]
    [InlineData("github.com/a cme/web/4711/1/x")]
    [InlineData("/acme/web/4711/1/x")]
    [InlineData("github.com//web/4711/1/x")]
    [InlineData("github.com/acme/wéb/4711/1/x")]
    public void A_path_that_names_no_run_is_told(string path) =>
        Assert.Equal(new UploadedLogReading(null, UploadedLogFault.NoRun), UploadedLog.Read(Event(Blobs + path)));

    [Theory]
    [InlineData("GitHub.com/acme/web/4711/1/x")]
    [InlineData("github.com/Acme/web/4711/1/x")]
    [InlineData("github.com/acme/Web/4711/1/x")]
    [InlineData("github.com/acme/%57eb/4711/1/x")]
    public void A_path_in_capitals_is_told(string path) => Assert.Equal(
        new UploadedLogReading(null, UploadedLogFault.NotLowerCase, path), UploadedLog.Read(Event(Blobs + path)));

    [Theory]
    [InlineData("/blobServices/default/containers/bills/blobs/github.com/acme/web/4711/1/x")]
    [InlineData("/blobServices/default/containers/run-logs-2/blobs/github.com/acme/web/4711/1/x")]
    [InlineData("/fileServices/default/shares/run-logs/files/x")]
    [InlineData("")]
    public void Another_container_is_told(string subject) =>
        Assert.Equal(UploadedLogFault.OtherContainer, UploadedLog.Read(Event(subject)).Fault);

    [Theory]
    [InlineData("Microsoft.Storage.BlobDeleted")]
    [InlineData("Microsoft.EventGrid.SubscriptionValidationEvent")]
    [InlineData("microsoft.storage.blobcreated")]
    public void Another_event_is_told(string type) => Assert.Equal(
        UploadedLogFault.OtherEvent, UploadedLog.Read(Event(Blobs + "github.com/acme/web/4711/1/x", type)).Fault);

    [Theory]
    [InlineData("tokenledger-archive-0b8e4f7e-2c35-4a9f-8d8e-6a1f1f0d7a11", false)]
    [InlineData("0b8e4f7e-2c35-4a9f-8d8e-6a1f1f0d7a11", true)]
    [InlineData("", true)]
    [InlineData("somebodys tokenledger-archive-", true)]
    public void A_put_of_the_archives_own_asks_for_no_fold(string clientRequestId, bool isFolded)
    {
        var text = Good.Replace("\"api\":", "\"clientRequestId\":" + Quoted(clientRequestId) + ",\"api\":", StringComparison.Ordinal);
        foreach (var wrapped in new[] { text, Base64(text), Quoted(text), "[" + text + "]" })
            Assert.Equal(isFolded ? null : UploadedLogFault.OwnRecord, UploadedLog.Read(wrapped).Fault);
    }

    [Theory]
    [InlineData("{\"specversion\":")]
    [InlineData("{\"data\":null,")]
    [InlineData("{\"data\":7,")]
    [InlineData("{\"data\":{\"clientRequestId\":null,\"eTag\":3},")]
    public void An_event_that_does_not_say_who_put_the_blob_asks_for_a_fold(string beginning)
    {
        var rest = beginning.EndsWith(':') ? "\"1.0\"," : "";
        var log = UploadedLog.Read(beginning + rest + "\"type\":\"Microsoft.Storage.BlobCreated\",\"subject\":"
            + Quoted(Blobs + "github.com/acme/web/4711/2/agent.zip") + "}").Log;
        Assert.NotNull(log);
        Assert.Null(log.MarkItem);
    }

    [Fact]
    public void The_version_of_the_blob_is_the_same_with_quotes_and_without()
    {
        string? ItemOf(string tag) => UploadedLog.Read(Good.Replace(
            "\"api\":", "\"eTag\":" + Quoted(tag) + ",\"api\":", StringComparison.Ordinal)).Log!.MarkItem;
        Assert.Equal(ArchiveMark.ItemOf("github.com/acme/web/4711/2/agent.zip", "\"0x8D4\""), ItemOf("0x8D4"));
        Assert.Equal(ItemOf("0x8D4"), ItemOf("\"0x8D4\""));
        Assert.NotEqual(ItemOf("0x8D4"), ItemOf("0x8D5"));
    }

    public static TheoryData<string> NoEvents() =>
    [
        "", " ", "null", "[]", "{}", "7", "\"\"", "\"x\"", "[7]", "[[]]", "[null]", "{", "not base64!", "AAAA", "/////w==",
        "{\"eventType\":7,\"subject\":\"x\"}", "{\"eventType\":\"Microsoft.Storage.BlobCreated\"}",
        "{\"eventType\":\"\\ud800\",\"subject\":\"x\"}", "{\"\\ud800\":1}", "[" + Good + "," + Good + "]",
        new string('[', 100_000), new string('x', 1_000_000), Quoted(Quoted(Quoted(Quoted(Good)))),
    ];

    [Theory]
    [MemberData(nameof(NoEvents))]
    public void Anything_else_is_no_event(string text) =>
        Assert.Equal(new UploadedLogReading(null, UploadedLogFault.NoEvent), UploadedLog.Read(text));

    [Fact]
    public void A_message_cut_anywhere_throws_nothing()
    {
        for (var length = 0; length < Good.Length; length++)
            Assert.Equal(UploadedLogFault.NoEvent, UploadedLog.Read(Good[..length]).Fault);
    }
}
