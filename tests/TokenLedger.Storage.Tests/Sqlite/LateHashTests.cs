using System.Security.Cryptography;
using System.Text;
using TokenLedger.Storage.Sqlite.Archive;

namespace TokenLedger.Storage.Tests.Sqlite;

/// <summary>Files that lie in the archive before their hash is known.</summary>
public sealed class LateHashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LateHashes late = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => folder.Path("run");

    private string[] IndexLines => File.Exists(folder.Path("run/.sha256"))
        ? File.ReadAllLines(folder.Path("run/.sha256"))
        : [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_that_no_other_of_its_length_can_equal_is_placed_and_readable_before_its_hash_is_known()
    {
        var hashing = new TaskCompletionSource<string>();
        var run = new RunFolder(Folder, late);

        Assert.True(await PlaceAsync(run, "1", hashing.Task));

        var file = Assert.Single(run.Open().Files);
        Assert.False(file.Hashing.IsCompleted);
        Assert.Empty(IndexLines);
        using (var reader = new StreamReader(file.File.OpenRead()))
            Assert.Equal("1", await reader.ReadToEndAsync(Token));
        hashing.SetResult(HashOf("1"));
        Assert.Equal(HashOf("1"), await file.Hashing);
        Assert.Equal([$"{HashOf("1")}  1/logs/a.jsonl"], IndexLines);
        Assert.Equal(HashOf("1"), Assert.Single(run.Open().Files).Sha256);
    }

    [Fact]
    public async Task A_file_of_another_length_at_the_same_path_is_no_reason_to_wait()
    {
        var run = new RunFolder(Folder, late);
        await PlaceAsync(run, "1", Task.FromResult(HashOf("1")));

        Assert.True(await PlaceAsync(run, "22", new TaskCompletionSource<string>().Task));

        Assert.Equal(2, run.Open().Files.Count);
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public async Task A_file_of_the_same_length_at_the_same_path_is_judged_when_its_hash_is_known(
        string content, bool isNew)
    {
        var hashing = new TaskCompletionSource<string>();
        var run = new RunFolder(Folder, late);
        await PlaceAsync(run, "1", Task.FromResult(HashOf("1")));

        var placing = PlaceAsync(run, content, hashing.Task);

        Assert.False(placing.IsCompleted);
        Assert.Single(run.Open().Files);
        hashing.SetResult(HashOf(content));
        Assert.Equal(isNew, await placing);
    }

    [Fact]
    public async Task A_file_whose_process_ended_before_its_hash_was_known_is_hashed_by_the_next_and_known_again()
    {
        await PlaceAsync(new RunFolder(Folder, late), "1", new TaskCompletionSource<string>().Task);

        var next = new RunFolder(Folder, new LateHashes());

        Assert.Equal(HashOf("1"), Assert.Single(next.Open().Files).Sha256);
        Assert.False(await PlaceAsync(next, "1", Task.FromResult(HashOf("1"))));
        Assert.Equal([$"{HashOf("1")}  1/logs/a.jsonl"], IndexLines);
    }

    [Fact]
    public async Task The_same_file_again_is_known_while_the_hash_of_the_first_is_still_awaited()
    {
        var hashing = new TaskCompletionSource<string>();
        var run = new RunFolder(Folder, late);
        await PlaceAsync(run, "1", hashing.Task);

        Assert.False(await PlaceAsync(run, "1", Task.FromResult(HashOf("1"))));

        var file = Assert.Single(run.Open().Files);
        hashing.SetResult(HashOf("1"));
        Assert.Equal(HashOf("1"), await file.Hashing);
        Assert.Single(IndexLines);
    }

    [Fact]
    public async Task A_hash_that_failed_is_made_again()
    {
        var hashing = new TaskCompletionSource<string>();
        var run = new RunFolder(Folder, late);
        await PlaceAsync(run, "1", hashing.Task);
        var file = Assert.Single(run.Open().Files);

        hashing.SetException(new IOException("bad sector"));

        Assert.Throws<IOException>(() => _ = file.Sha256);
        Assert.Equal(HashOf("1"), Assert.Single(run.Open().Files).Sha256);
    }

    [Fact]
    public async Task A_hash_that_cannot_be_noted_is_known_all_the_same()
    {
        var hashing = new TaskCompletionSource<string>();
        var run = new RunFolder(Folder, late);
        await PlaceAsync(run, "1", hashing.Task);
        Directory.CreateDirectory(folder.Path("run/.sha256"));
        var file = Assert.Single(run.Open().Files);

        hashing.SetResult(HashOf("1"));

        Assert.Equal(HashOf("1"), file.Sha256);
    }

    [Fact]
    public async Task A_trailing_hash_is_that_of_the_whole_file_whatever_its_steps_and_its_name()
    {
        var content = new byte[700_001];
        new Random(1).NextBytes(content);
        var path = folder.Path("growing");
        Task<string> hashing;
        using (var writer = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0))
        {
            var hash = new TrailingHash(path);
            foreach (var end in new[] { 1, 1, 262_144, 262_145, 700_000, content.Length })
            {
                writer.Write(content.AsSpan((int)writer.Position..end));
                hash.Follow(writer.Position);
            }

            File.Move(path, folder.Path("placed"));
            hashing = hash.Complete();
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), await hashing);
    }

    private async Task<bool> PlaceAsync(RunFolder run, string content, Task<string> hashing)
    {
        var temporary = folder.Path(Path.GetRandomFileName());
        await File.WriteAllTextAsync(temporary, content, Token);
        return await run.PlaceAsync(
            new FlushedCopy(temporary, content.Length, hashing), 1, "logs", "a.jsonl", Token);
    }

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
