using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class LogArchiveContract(IStorageUnderTest storage) : StorageContract(storage)
{
    private static readonly RunIdentity Run = new("github.com", "Acme", "Api", 7, 1);

    // Longer than any buffer, so that a storage that hashes long files in a way of their own does so.
    private static readonly string Long = string.Concat(Enumerable.Repeat("0123456789abcdef", 3 << 16));

    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_file_is_archived_with_its_hash_and_comes_back_byte_by_byte()
    {
        var archive = await Storage.OpenArchiveAsync();

        Assert.True(await archive.AddAsync(Run, "logs", Some.File("agent/token-usage.jsonl", "{}\n"), Token));

        var file = Assert.Single(await FilesAsync(await Storage.OpenArchiveAsync(), Run));
        Assert.Equal("1/logs/agent/token-usage.jsonl", file.Path);
        Assert.Equal(1, file.Attempt);
        Assert.Equal(3, file.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("{}\n"))), file.Sha256);
        Assert.Equal("{}\n", file.Text);
    }

    [Fact]
    public async Task A_run_without_files_is_empty()
    {
        var archive = await Storage.OpenArchiveAsync();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);

        Assert.Empty(await FilesAsync(archive, Run with { RunId = 70 }));
        Assert.Empty(await FilesAsync(archive, Run with { RepositoryName = "Api2" }));
        Assert.Empty(await FilesAsync(archive, Run with { Host = "octo.ghe.com" }));
    }

    [Fact]
    public async Task The_same_bytes_at_the_same_path_are_kept_once_under_any_upload_and_other_bytes_beside_them()
    {
        var archive = await Storage.OpenArchiveAsync();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);

        Assert.False(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token));
        Assert.False(await archive.AddAsync(Run, "again", Some.File("a.jsonl", "1"), Token));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "2"), Token));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "3"), Token));
        Assert.True(await archive.AddAsync(Run with { Attempt = 2 }, "logs", Some.File("a.jsonl", "1"), Token));

        var files = await FilesAsync(archive, Run);
        Assert.Equal(["1", "1", "2", "3"], files.Select(file => file.Text).Order());
        Assert.Equal([1, 1, 1, 2], files.Select(file => file.Attempt));
        Assert.Equal(4, files.Select(file => file.Path).Distinct().Count());
        Assert.All(files, file => Assert.EndsWith("/a.jsonl", file.Path));
        Assert.Equal(files.Select(file => file.Path).Order(StringComparer.Ordinal), files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_record_is_kept_once_under_its_upload_and_another_one_beside_it()
    {
        var archive = await Storage.OpenArchiveAsync();

        Assert.True(await archive.AddRecordAsync(Run, "github", Some.File("run.json", "{}"), Token));
        Assert.False(await archive.AddRecordAsync(Run, "github", Some.File("run.json", "{}"), Token));
        Assert.False(await archive.AddAsync(Run, "github", Some.File("run.json", "{}"), Token));
        Assert.True(await archive.AddRecordAsync(Run, "github", Some.File("run.json", "[]"), Token));
        Assert.False(await archive.AddRecordAsync(Run, "github", Some.File("run.json", "[]"), Token));
        Assert.True(await archive.AddRecordAsync(Run with { Attempt = 2 }, "github", Some.File("run.json", "{}"), Token));

        var files = await FilesAsync(archive, Run);
        Assert.Equal(["{}", "[]", "{}"], files.Select(file => file.Text));
        Assert.Equal("1/github/run.json", files[0].Path);
    }

    [Fact]
    public async Task Owner_and_repository_are_one_in_any_case()
    {
        var archive = await Storage.OpenArchiveAsync();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);

        var shouted = Run with { Owner = "ACME", RepositoryName = "API" };

        Assert.False(await archive.AddAsync(shouted, "logs", Some.File("a.jsonl", "1"), Token));
        Assert.Single(await FilesAsync(archive, shouted));
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
    [MemberData(nameof(HostileTexts))]
    public async Task No_name_leaves_the_runs_folder(string text)
    {
        var archive = await Storage.OpenArchiveAsync();
        var hostile = Run with { Owner = "..", RepositoryName = "../x" };
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);

        Assert.True(await archive.AddAsync(hostile, text, Some.File(text, "x"), Token));
        Assert.False(await archive.AddAsync(hostile, text, Some.File(text, "x"), Token));

        Assert.Equal("x", Assert.Single(await FilesAsync(archive, hostile)).Text);
        Assert.Equal("1", Assert.Single(await FilesAsync(archive, Run)).Text);
    }

    [Fact]
    public async Task Names_that_look_alike_encoded_are_files_of_their_own()
    {
        var archive = await Storage.OpenArchiveAsync();
        var (one, other) = Hostile.LongTwins;
        string[] names = ["a b", "a%20b", "a+b", "a#b", "a?b", "a%23b", "A b", one, other];
        foreach (var name in names)
            Assert.True(await archive.AddAsync(Run, "logs", Some.File(name, "same"), Token));

        Assert.Equal(names.Length, (await FilesAsync(archive, Run)).Count);
    }

    [Fact]
    public async Task A_very_long_path_keeps_the_name_that_recognises_it()
    {
        var archive = await Storage.OpenArchiveAsync();

        await archive.AddAsync(
            Run, new string('u', 400), Some.File(new string('n', 5000) + "/token-usage.jsonl", "x"), Token);

        Assert.EndsWith("/token-usage.jsonl", Assert.Single(await FilesAsync(archive, Run)).Path);
    }

    [Fact]
    public async Task An_empty_file_and_one_of_some_megabytes_are_kept_whole()
    {
        var archive = await Storage.OpenArchiveAsync();
        var large = string.Concat(Enumerable.Repeat("0123456789abcdef", 5 << 16));

        await archive.AddAsync(Run, "logs", Some.File("empty.jsonl", ""), Token);
        await archive.AddAsync(Run, "logs", Some.File("large.jsonl", large), Token);

        var files = await FilesAsync(archive, Run);
        Assert.Equal(["", large], files.Select(file => file.Text));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(large))), files[1].Sha256);
    }

    [Fact]
    public async Task Long_files_of_one_length_are_told_apart_by_their_bytes_alone()
    {
        var archive = await Storage.OpenArchiveAsync();
        var (one, other) = (Long + "1", Long + "2");

        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", one), Token));
        Assert.False(await archive.AddAsync(Run, "again", Some.File("a.jsonl", one), Token));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", other), Token));
        Assert.False(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", other), Token));
        Assert.False(
            await (await Storage.OpenArchiveAsync()).AddAsync(Run, "logs", Some.File("a.jsonl", one), Token));

        Assert.Equal([HashOf(one), HashOf(other)], (await FilesAsync(archive, Run)).Select(file => file.Sha256));
    }

    [Fact]
    public async Task A_long_file_opened_at_once_has_its_hash_in_every_process()
    {
        var archive = await Storage.OpenArchiveAsync();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", Long), Token);

        Assert.Equal(HashOf(Long), Assert.Single(await FilesAsync(await Storage.OpenArchiveAsync(), Run)).Sha256);
        Assert.Equal(HashOf(Long), Assert.Single(await FilesAsync(archive, Run)).Sha256);
    }

    [Fact]
    public async Task A_long_file_that_breaks_off_leaves_nothing_behind()
    {
        var archive = await Storage.OpenArchiveAsync();
        var broken = new EvidenceFile("a.jsonl", Long.Length, () => new BreakingStream(Long.Length / 2));

        await Assert.ThrowsAsync<EvidenceUnreadableException>(() => archive.AddAsync(Run, "logs", broken, Token));

        Assert.Empty(await FilesAsync(archive, Run));
        Assert.True(await archive.AddAsync(Run, "logs", Some.File("a.jsonl", Long), Token));
    }

    [Fact]
    public async Task An_unreadable_file_leaves_nothing_behind()
    {
        var archive = await Storage.OpenArchiveAsync();
        var broken = new EvidenceFile("a.jsonl", 5, () => throw new InvalidDataException("bad zip"));

        await Assert.ThrowsAsync<EvidenceUnreadableException>(() => archive.AddAsync(Run, "logs", broken, Token));

        Assert.Empty(await FilesAsync(archive, Run));
    }

    [Fact]
    public async Task Two_processes_may_add_the_same_long_file_at_once_and_all_they_keep_has_one_hash()
    {
        async Task AddAsync() => await (await Storage.OpenArchiveAsync()).AddAsync(
            Run, "logs", Some.File("a.jsonl", Long), Token);

        await Task.WhenAll(Task.Run(AddAsync, Token), Task.Run(AddAsync, Token));

        var files = await FilesAsync(await Storage.OpenArchiveAsync(), Run);
        Assert.Equal(HashOf(Long), Assert.Single(files.Select(file => file.Sha256).Distinct()));
    }

    [Fact]
    public async Task Two_processes_may_add_the_same_upload_at_once()
    {
        async Task AddAsync()
        {
            var archive = await Storage.OpenArchiveAsync();
            for (var i = 0; i < 10; i++)
                await archive.AddAsync(Run, "logs", Some.File($"{i}.jsonl", "same " + i), Token);
        }

        await Task.WhenAll(Task.Run(AddAsync, Token), Task.Run(AddAsync, Token));

        Assert.Equal(10, (await FilesAsync(await Storage.OpenArchiveAsync(), Run)).Count);
    }

    [Theory]
    [InlineData("../bill.csv")]
    [MemberData(nameof(HostileTexts))]
    public async Task A_bill_is_kept_under_its_hash_and_only_once(string text)
    {
        var archive = await Storage.OpenArchiveAsync();
        var content = Encoding.UTF8.GetBytes("a,b\n");

        var (name, isNew) = await archive.AddBillAsync(text, content, Some.Taking, Token);

        Assert.True(isNew);
        Assert.StartsWith($"bills/{Convert.ToHexStringLower(SHA256.HashData(content))}/", name);
        Assert.Equal(new ArchivedBill(name, IsNew: false), await archive.AddBillAsync("copy.csv", content, Some.Taking, Token));
        Assert.True((await archive.AddBillAsync(text, Encoding.UTF8.GetBytes("a,c\n"), Some.Taking, Token)).IsNew);
    }

    [Fact]
    public async Task A_walk_finds_every_run_once_and_every_bill_with_how_it_was_taken()
    {
        var archive = await Storage.OpenArchiveAsync();
        await archive.AddAsync(Run, "logs", Some.File("a.jsonl", "1"), Token);
        await archive.AddAsync(Run with { Attempt = 2 }, "logs", Some.File("b.jsonl", "2"), Token);
        await archive.AddAsync(Run with { RunId = 70, Owner = "a.b-c" }, "logs", Some.File("c.jsonl", "3"), Token);
        var hints = new BillHints
        {
            Enterprise = "big", User = "mona", CostCenter = "red | é", Day = Some.Day, Channel = new Channel("openai"),
        };
        var later = new BillTaking(hints, Some.Time.AddDays(1));
        await archive.AddBillAsync("one bill.csv", "a\n"u8.ToArray(), Some.Taking, Token);
        await archive.AddBillAsync("copy.csv", "a\n"u8.ToArray(), later, Token);
        await archive.AddBillAsync("one bill.csv", "a\n"u8.ToArray(), Some.Taking with { ObservedAt = Some.Time.AddDays(9) }, Token);
        await archive.AddBillAsync("two.csv", "b\n"u8.ToArray(), later, Token);

        var walk = (IArchiveWalk)await Storage.OpenArchiveAsync();

        var runs = await walk.ReadRunsAsync(Token).ToListAsync(Token);
        Assert.Equal(
            ["github.com/a.b-c/api/70/1", "github.com/acme/api/7/1"],
            runs.Select(run => $"{run.Host}/{run.Repository}/{run.RunId}/{run.Attempt}").Order(StringComparer.Ordinal));
        var bills = (await walk.ReadBillsAsync(Token).ToListAsync(Token)).OrderBy(bill => bill.Name).ToList();
        Assert.Equal(["one bill.csv", "two.csv"], bills.Select(bill => bill.Name));
        Assert.Equal([Some.Taking, later], bills[0].Takings.OrderBy(taking => taking.ObservedAt));
        Assert.Equal([later], bills[1].Takings);
        Assert.Equal("a\n"u8.ToArray(), (await bills[0].ReadAsync(Token)).ToArray());
    }

    [Fact]
    public async Task An_empty_archive_has_nothing_to_walk_through()
    {
        var walk = (IArchiveWalk)await Storage.OpenArchiveAsync();

        Assert.Empty(await walk.ReadRunsAsync(Token).ToListAsync(Token));
        Assert.Empty(await walk.ReadBillsAsync(Token).ToListAsync(Token));
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<List<(string Path, int Attempt, long Length, string Sha256, string Text)>> FilesAsync(
        ILogArchive archive, RunIdentity run)
    {
        using var archived = await archive.OpenAsync(run, Token);
        Assert.Empty(archived.Problems);
        var files = new List<(string, int, long, string, string)>();
        foreach (var file in archived.Files)
        {
            using var reader = new StreamReader(file.File.OpenRead());
            var text = await reader.ReadToEndAsync(Token);
            files.Add((file.File.Path, file.Attempt, file.File.LengthBytes, file.Sha256, text));
        }

        return files;
    }
}
