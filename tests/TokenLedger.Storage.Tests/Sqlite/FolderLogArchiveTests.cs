using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite.Archive;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class FolderLogArchiveTests : IDisposable
{
    private static readonly RunIdentity Run = new("github.com", "Acme", "Api", 7, 1);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_archived_with_its_hash_and_comes_back_byte_by_byte()
    {
        var archive = Open();

        Assert.True(await archive.AddAsync(Run, "logs", Some.File("agent/token-usage.jsonl", "{}\n"), Token));

        var file = Assert.Single(FilesOf(archive, Run));
        Assert.Equal("1/logs/agent/token-usage.jsonl", file.File.Path);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("{}\n"))), file.Sha256);
        Assert.Equal("{}\n", Read(file));
        Assert.True(File.Exists(folder.Path("archive/run-logs/github.com/acme/api/7/1/logs/agent/token-usage.jsonl")));
    }

    [Fact]
    public async Task The_same_bytes_at_the_same_path_are_kept_once_under_any_upload_and_other_bytes_beside_them()
    {
        var archive = Open();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);

        Assert.False(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token));
        Assert.False(await archive.AddAsync(Run, "again", Some.File("a.jsonl", "1"), Token));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "2"), Token));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "3"), Token));
        Assert.True(await archive.AddAsync(Run with { Attempt = 2 }, "logs", Some.File("a.jsonl", "1"), Token));

        Assert.Equal(
            ["1/logs/a.jsonl", "1/logs~2/a.jsonl", "1/logs~3/a.jsonl", "2/logs/a.jsonl"],
            FilesOf(archive, Run).Select(file => file.File.Path));
    }

    [Theory]
    [InlineData("../../../../../../escape.jsonl")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\..\\escape.jsonl")]
    [InlineData("a/./../b")]
    [InlineData(".sha256")]
    [InlineData(".lock")]
    [InlineData("con\u0000trol\n\u001b[31m")]
    [InlineData("name with spaces/ünï.json")]
    public async Task No_name_leaves_the_runs_folder(string path)
    {
        var archive = Open();

        await archive.AddAsync(Run with { Owner = "..", RepositoryName = "../x" }, "..", Some.File(path, "x"), Token);

        var everything = Directory.EnumerateFiles(folder.Path(""), "*", SearchOption.AllDirectories).ToList();
        Assert.Equal("x", File.ReadAllText(Assert.Single(everything, file => !Path.GetFileName(file).StartsWith('.'))));
        Assert.All(everything, file => Assert.StartsWith(folder.Path("archive/run-logs/github.com/"), file));
        Assert.Single(FilesOf(archive, Run with { Owner = "..", RepositoryName = "../x" }));
    }

    [Fact]
    public async Task An_unreadable_file_leaves_nothing_behind()
    {
        var archive = Open();
        var broken = new EvidenceFile("a.jsonl", 5, () => throw new InvalidDataException("bad zip"));

        await Assert.ThrowsAsync<EvidenceUnreadableException>(() => archive.AddAsync(Run, "logs", broken, Token));

        Assert.Empty(FilesOf(archive, Run));
        Assert.Empty(Directory.EnumerateFiles(folder.Path("archive/.tmp")));
    }

    [Fact]
    public async Task A_long_file_that_breaks_off_leaves_no_temporary_file()
    {
        var archive = Open();
        var broken = new EvidenceFile("a.jsonl", 6 << 20, () => new BreakingStream(3 << 20));

        await Assert.ThrowsAsync<EvidenceUnreadableException>(() => archive.AddAsync(Run, "logs", broken, Token));

        Assert.Empty(FilesOf(archive, Run));
        Assert.Empty(Directory.EnumerateFiles(folder.Path("archive/.tmp")));
    }

    [Fact]
    public async Task A_lost_or_torn_index_is_made_good_by_hashing_again()
    {
        var archive = Open();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);
        var expected = FilesOf(archive, Run)[0].Sha256;
        var index = folder.Path("archive/run-logs/github.com/acme/api/7/.sha256");
        File.WriteAllText(index, File.ReadAllText(index)[..30]);

        Assert.Equal(expected, Assert.Single(FilesOf(archive, Run)).Sha256);
        Assert.False(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token));
        Assert.Contains($"{expected}  1/logs/a.jsonl", File.ReadAllLines(index));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("b.jsonl", "2"), Token));
        Assert.Equal(2, FilesOf(archive, Run).Select(file => file.Sha256).Distinct().Count());
    }

    [Fact]
    public async Task Only_old_temporary_files_are_removed_at_the_start()
    {
        Open();
        var old = folder.Path("archive/.tmp/old");
        var fresh = folder.Path("archive/.tmp/fresh");
        await File.WriteAllTextAsync(old, "x", Token);
        await File.WriteAllTextAsync(fresh, "x", Token);
        File.SetLastWriteTimeUtc(old, Some.Time.UtcDateTime.AddDays(-2));
        File.SetLastWriteTimeUtc(fresh, Some.Time.UtcDateTime.AddHours(-1));

        Open();

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
    }

    [Fact]
    public async Task Two_processes_may_add_to_one_run_at_once()
    {
        async Task AddAsync(FolderLogArchive archive, string upload)
        {
            for (var i = 0; i < 10; i++)
                await archive.AddAsync(Run, upload, Some.File($"{i}.jsonl", "same " + i), Token);
        }

        await Task.WhenAll(
            Task.Run(() => AddAsync(Open(), "one"), Token), Task.Run(() => AddAsync(Open(), "two"), Token));

        Assert.Equal(10, FilesOf(Open(), Run).Count);
    }

    [Fact]
    public async Task A_bill_is_kept_under_its_hash_and_only_once()
    {
        var archive = Open();

        var (name, isNew) = await archive.AddBillAsync("../bill.csv", "a,b\n"u8.ToArray(), Some.Taking, Token);

        Assert.True(isNew);
        Assert.Equal(
            new ArchivedBill(name, IsNew: false),
            await archive.AddBillAsync("copy.csv", "a,b\n"u8.ToArray(), Some.Taking, Token));
        Assert.Equal("a,b\n",
            File.ReadAllText(
                Assert.Single(
                    Directory.EnumerateFiles(folder.Path("archive/bills"), "*", SearchOption.AllDirectories),
                    file => !file.Contains("/takings/", StringComparison.Ordinal))));
    }

    private static string Read(ArchivedFile file)
    {
        using var reader = new StreamReader(file.File.OpenRead());
        return reader.ReadToEnd();
    }

    private static IReadOnlyList<ArchivedFile> FilesOf(FolderLogArchive archive, RunIdentity run)
    {
        using var archived = archive.OpenAsync(run, Token).GetAwaiter().GetResult();
        Assert.Empty(archived.Problems);
        return archived.Files;
    }

    private FolderLogArchive Open() => new(folder.Path("archive"), new StoppedClock(Some.Time));
}
