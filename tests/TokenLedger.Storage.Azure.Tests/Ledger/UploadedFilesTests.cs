using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Tests;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>What users put into <c>run-logs</c> themselves, and zips by whomever.</summary>
public sealed class UploadedFilesTests : IDisposable
{
    private const string Prefix = "github.com/acme/api/7/";
    private const string Usage = """{"model":"gpt-6","provider":"openai","input_tokens":1,"output_tokens":2}""";

    private readonly AzureStorageUnderTest place;
    private readonly List<ArchivedRun> opened = [];

    public UploadedFilesTests(AzuriteFixture azurite) => place = new AzureStorageUnderTest(azurite);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => opened.ForEach(run => run.Dispose());

    [Fact]
    public async Task A_plain_file_that_the_ledger_knows_is_evidence_and_any_other_is_none()
    {
        await UploadAsync("2/mine/logs/token-usage.jsonl", Usage);
        await UploadAsync("2/named-otherwise.jsonl", Usage);
        await UploadAsync("2/mine/holiday.jpg", "not evidence");
        await UploadAsync("2/mine/prompt.txt", "secret");
        await UploadAsync("readme.jsonl", Usage);
        await UploadAsync("0/token-usage.jsonl", Usage);

        var run = await OpenAsync();

        Assert.Equal(
            ["2/mine/logs/token-usage.jsonl", "2/named-otherwise.jsonl"], run.Files.Select(file => file.File.Path));
        Assert.All(run.Files, file => Assert.Equal(2, file.Attempt));
        Assert.All(run.Files, file => Assert.Equal(Hash(Encoding.UTF8.GetBytes(Usage)), file.Sha256));
        Assert.Empty(run.Problems);
    }

    [Fact]
    public async Task A_mark_tells_the_archive_again_until_anything_in_it_is_another()
    {
        var archive = (await place.OpenAsync()).Archive;
        var run = new RunIdentity("github.com", "Acme", "Api", 7, 1);
        await UploadAsync("1/mine/token-usage.jsonl", Usage);
        await archive.AddRecordAsync(run, "github", Some.File("workflow_run.json", "{}"), Token);
        using var first = await archive.OpenAsync(run, Token);

        Assert.Null(await archive.OpenUnlessAsync(run, first.Mark, Token));

        // The same bytes again are another version.
        await UploadAsync("1/mine/token-usage.jsonl", Usage);
        using var second = await archive.OpenUnlessAsync(run, first.Mark, Token);
        Assert.NotNull(second?.Mark);
        Assert.NotEqual(first.Mark, second.Mark);
        await UploadAsync("1/other/holiday.jpg", "no evidence");
        using var third = await archive.OpenUnlessAsync(run, second.Mark, Token);
        Assert.NotNull(third);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2_999)]
    [InlineData(3_001)]
    [InlineData(100_000)]
    public async Task A_record_comes_back_byte_by_byte_also_when_the_list_brings_it(int length)
    {
        var archive = (await place.OpenAsync()).Archive;
        var run = new RunIdentity("github.com", "Acme", "Api", 7, 1);
        var text = new string('r', length);
        Assert.True(await archive.AddRecordAsync(run, "github", Some.File("workflow_run.json", text), Token));
        Assert.False(await archive.AddRecordAsync(run, "github", Some.File("workflow_run.json", text), Token));
        Assert.True(await archive.AddRecordAsync(run, "github", Some.File("workflow_run.json", text + "x"), Token));

        var files = (await OpenAsync()).Files;

        Assert.Equal([text, text + "x"], files.Select(TextOf).OrderBy(read => read.Length));
    }

    [Fact]
    public async Task Metadata_that_is_not_the_blobs_content_is_not_believed()
    {
        await (await place.OpenAsync()).Store.FindRunAsync("github.com", 7, Token);
        var logs = place.Services().Container(place.NameOf("run-logs"));
        var options = new BlobPutOptions
        {
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["sha256"] = Hash(Encoding.UTF8.GetBytes(Usage)),
                ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Usage.Replace('1', '9'))),
            },
        };
        await logs.PutAsync(Prefix + "1/mine/token-usage.jsonl", new MemoryStream(Encoding.UTF8.GetBytes(Usage)), options, Token);

        Assert.Equal(Usage, TextOf(Assert.Single((await OpenAsync()).Files)));
    }

    [Theory]
    [InlineData("1/agent.zip")]
    [InlineData("1/up load/agent.zip")]
    [InlineData("1/artifact")]
    public async Task A_zip_stands_for_the_recognised_files_in_it(string name)
    {
        var zip = Zip(("logs/token-usage.jsonl", Usage), ("aw_info.json", "{}"), ("agent/prompt.txt", "secret"));
        await UploadAsync(name, zip);

        var run = await OpenAsync();

        Assert.Equal(
            [$"{name}/aw_info.json", $"{name}/logs/token-usage.jsonl"], run.Files.Select(file => file.File.Path));
        Assert.Equal(Usage, TextOf(run.Files[1]));
        Assert.Equal(
            Hash(Encoding.UTF8.GetBytes(Hash(zip) + "\nlogs/token-usage.jsonl")), run.Files[1].Sha256);
        Assert.Empty(run.Problems);
    }

    [Fact]
    public async Task A_zip_that_the_archive_was_given_is_opened_too_and_kept_once()
    {
        var archive = await place.OpenArchiveAsync();
        var zip = Zip(("token-usage.jsonl", Usage));
        var file = new EvidenceFile("agent.zip", zip.Length, () => new MemoryStream(zip));

        Assert.True(await archive.AddAsync(PortDump.Run, "logs", file, Token));
        Assert.False(await archive.AddAsync(PortDump.Run, "again", file, Token));

        Assert.Equal("1/logs/agent.zip/token-usage.jsonl", Assert.Single((await OpenAsync()).Files).File.Path);
    }

    [Fact]
    public async Task Bad_zips_are_problems_with_their_codes_and_the_rest_goes_on()
    {
        var zip = Zip(("token-usage.jsonl", Usage));
        await UploadAsync("1/cut.zip", zip[..^10]);
        await UploadAsync("1/no.zip", "not a zip");
        await UploadAsync("1/bad.zip", Zip(("../token-usage.jsonl", Usage), ("inner.zip", "x"), ("aw_info.json", "{}")));
        await UploadAsync("1/good.zip", zip);

        var run = await OpenAsync();

        Assert.Equal(
            ["1/bad.zip/aw_info.json", "1/good.zip/token-usage.jsonl"], run.Files.Select(file => file.File.Path));
        Assert.Equal(
            [
                ("TL0311", "1/cut.zip"), ("TL0311", "1/no.zip"), ("TL0312", "1/bad.zip/../token-usage.jsonl"),
                ("TL0317", "1/bad.zip/inner.zip"),
            ],
            run.Problems.Select(problem => (problem.Code, problem.Source)).Order());
    }

    [Fact]
    public async Task The_same_blobs_give_the_same_hashes_whenever_they_are_opened()
    {
        await UploadAsync("1/agent.zip", Zip(("token-usage.jsonl", Usage), ("aw_info.json", "{}")));
        await UploadAsync("2/token-usage.jsonl", Usage);

        var (one, other) = (await OpenAsync(), await OpenAsync());

        Assert.Equal(
            one.Files.Select(file => (file.File.Path, file.Sha256)),
            other.Files.Select(file => (file.File.Path, file.Sha256)));
    }

    [Fact]
    public async Task Encoded_names_decode_to_what_they_were()
    {
        var archive = await place.OpenArchiveAsync();
        const string Name = "ünï code/a b%2F#?.;~'/token-usage.jsonl";

        await archive.AddAsync(PortDump.Run, "up.", Some.File(Name, Usage), Token);

        Assert.Equal("1/up./" + Name, Assert.Single((await OpenAsync()).Files).File.Path);
    }

    [Fact]
    public async Task Files_are_readable_until_they_are_given_back()
    {
        await UploadAsync("1/token-usage.jsonl", Usage);
        var run = await (await place.OpenArchiveAsync()).OpenAsync(PortDump.Run, Token);
        using var stream = Assert.IsType<FileStream>(run.Files[0].File.OpenRead());
        var copy = stream.Name;
        Assert.True(File.Exists(copy));

        run.Dispose();
        run.Dispose();

        Assert.False(Directory.Exists(Path.GetDirectoryName(copy)));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_archived_is_not_archived()
    {
        var archive = await place.OpenArchiveAsync();
        var reads = 0;
        var file = new EvidenceFile(
            "a.jsonl", 1, () => new MemoryStream(Encoding.UTF8.GetBytes($"{++reads}")));

        await Assert.ThrowsAsync<EvidenceUnreadableException>(
            () => archive.AddAsync(PortDump.Run, "logs", file, Token));

        Assert.Empty((await OpenAsync()).Files);
    }

    private async Task<ArchivedRun> OpenAsync()
    {
        var run = await (await place.OpenArchiveAsync()).OpenAsync(PortDump.Run, Token);
        opened.Add(run);
        return run;
    }

    private Task UploadAsync(string name, string text) => UploadAsync(name, Encoding.UTF8.GetBytes(text));

    private async Task UploadAsync(string name, byte[] content)
    {
        await place.OpenAsync();
        BlobContainerClient container = place.Services().Container(place.NameOf("run-logs"));
        Assert.True((await container.PutAsync(Prefix + name, new MemoryStream(content), null, Token)).IsDone);
    }

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string TextOf(ArchivedFile file)
    {
        using var reader = new StreamReader(file.File.OpenRead());
        return reader.ReadToEnd();
    }
}
