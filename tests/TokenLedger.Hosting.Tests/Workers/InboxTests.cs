using System.Diagnostics;
using System.IO.Compression;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Workers;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Tests.Workers;

public sealed class InboxTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-inbox-");
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero));
    private readonly List<string> log = [];
    private readonly SqliteLedgerStorage storage;
    private readonly ProviderSources sources;

    public InboxTests()
    {
        storage = new SqliteLedgerStorage(Outside("ledger.db"), clock);
        sources = new ProviderSources(new(), new(), clock);
        Directory.CreateDirectory(Outside("inbox"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        sources.Dispose();
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_named_after_its_run_is_taken_and_its_day_queued()
    {
        Logs.WriteRun(Inside("run-101"));

        await LookTwiceAsync();

        Assert.Equal([101L], await RunsAsync());
        Assert.Equal([".taken", ".taken/run-101"], Entries());
        Assert.Equal(1, (await storage.QueueDepths.ReadDepthsAsync(Token))
            .Single(depth => depth.QueueName == QueueNames.ReconcileDay).Messages);
    }

    [Fact]
    public async Task A_zip_and_a_tree_of_the_archive_s_own_shape_are_taken()
    {
        Logs.Zip(Logs.WriteRun(Outside("a"), 101), Inside("artifact.zip"));
        Logs.WriteRun(Inside("github.com/acme/api/102/1/upload"), 102, hasInfo: false);

        await LookTwiceAsync();

        Assert.Equal([101L, 102L], await RunsAsync());
        Assert.Equal([".taken", ".taken/artifact.zip", ".taken/github.com"], Entries());
    }

    [Fact]
    public async Task What_is_still_written_is_left_alone_until_it_is_still()
    {
        var watcher = Watcher();
        Logs.WriteRun(Inside("run-101"));
        for (var line = 0; line < 3; line++)
        {
            await watcher.LookAsync(Token);
            await File.AppendAllTextAsync(Inside("run-101/token-usage.jsonl"), "\n", Token);
        }

        Assert.Empty(await RunsAsync());
        await watcher.LookAsync(Token);
        await watcher.LookAsync(Token);
        Assert.Equal([101L], await RunsAsync());
    }

    [Fact]
    public async Task What_tells_of_no_run_is_rejected_with_the_reason()
    {
        await File.WriteAllTextAsync(Inside("notes.txt"), "nothing", Token);
        await File.WriteAllTextAsync(Inside("token-usage.jsonl"), Logs.Line(101) + "\n", Token);
        await File.WriteAllTextAsync(Inside("broken.zip"), "PK\u0003\u0004 and then nothing", Token);

        await LookTwiceAsync();

        Assert.Equal(
            [".rejected", ".rejected/broken.zip", ".rejected/notes.txt", ".rejected/token-usage.jsonl"], Entries());
        foreach (var name in new[] { "broken.zip", "notes.txt", "token-usage.jsonl" })
            Assert.Contains(log, line => line.Contains(name, StringComparison.Ordinal) && line.Contains(" TL0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_rejected()
    {
        Logs.WriteRun(Inside("run-101"));
        await LookTwiceAsync();
        Logs.WriteRun(Inside("run-101"), repository: "evil/api");

        await LookTwiceAsync();

        Assert.Equal([".rejected", ".rejected/run-101", ".taken", ".taken/run-101"], Entries());
        Assert.Contains(log, line => line.Contains("known as a run of acme/api", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_name_again_and_again_is_kept_beside_the_first()
    {
        for (var time = 0; time < 3; time++)
        {
            Logs.WriteRun(Inside("run-101"));
            await LookTwiceAsync();
        }

        Assert.Equal(
            [".taken", ".taken/run-101", ".taken/run-101~20261012T090000", ".taken/run-101~20261012T090000~3"],
            Entries());
        Assert.Equal([101L], await RunsAsync());
    }

    [Theory]
    [InlineData("-rf")]
    [InlineData("\u001b[2Jgone")]
    [InlineData("a\nb")]
    [InlineData("..; touch x")]
    public async Task A_hostile_name_is_only_a_name(string name)
    {
        Logs.WriteRun(Inside("x" + name));

        await LookTwiceAsync();

        Assert.Equal([101L], await RunsAsync());
        Assert.True(Directory.Exists(Inside(".taken/x" + name)));
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        Logs.WriteRun(Outside("secret"));
        Directory.CreateSymbolicLink(Inside("folder"), Outside("secret"));
        File.CreateSymbolicLink(Inside("token-usage.jsonl"), Outside("secret/token-usage.jsonl"));
        File.CreateSymbolicLink(Inside("nowhere"), Outside("gone"));
        Logs.WriteRun(Inside("run-102"), 102);
        File.CreateSymbolicLink(Inside("run-102/agent-stdio.log"), Outside("secret/aw_info.json"));

        await LookTwiceAsync();

        Assert.Equal([102L], await RunsAsync());
        Assert.Equal(
            [".rejected", ".rejected/folder", ".rejected/nowhere", ".rejected/token-usage.jsonl", ".taken", ".taken/run-102"],
            Entries());
        Assert.True(File.Exists(Outside("secret/token-usage.jsonl")));
        Assert.Contains(log, line => line.Contains("link is not followed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        using (var make = Process.Start("mkfifo", [Inside("token-usage.jsonl")]))
            await make.WaitForExitAsync(Token);

        await LookTwiceAsync();

        Assert.Equal([".rejected", ".rejected/token-usage.jsonl"], Entries());
    }

    [Fact]
    public async Task A_zip_that_climbs_out_writes_nothing_outside()
    {
        using (var zip = await ZipFile.OpenAsync(Inside("evil.zip"), ZipArchiveMode.Create, Token))
        {
            foreach (var name in new[] { "../../token-usage.jsonl", "/etc/token-usage.jsonl" })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(Token);
                await using var writer = new StreamWriter(entry);
                await writer.WriteAsync(Logs.Line(101));
            }
        }

        await LookTwiceAsync();

        Assert.Equal([".rejected", ".rejected/evil.zip"], Entries());
        Assert.Empty(folder.GetFiles("token-usage.jsonl", SearchOption.AllDirectories));
        Assert.Contains(log, line => line.Contains("evil.zip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_zip_that_declares_2_GB_is_no_reason_to_stop()
    {
        Logs.Zip(Logs.WriteRun(Outside("a")), Inside("bomb.zip"));
        DeclareSize(Inside("bomb.zip"), 0x7FFF_FFFF);
        Logs.WriteRun(Inside("run-102"), 102);

        await LookTwiceAsync();

        Assert.Equal([102L], await RunsAsync());
        Assert.Contains(log, line => line.Contains("bomb.zip", StringComparison.Ordinal) && line.Contains(" TL0", StringComparison.Ordinal));
        Assert.DoesNotContain("bomb.zip", Entries());
    }

    [Fact]
    public async Task Killed_before_it_is_moved_an_entry_is_taken_again_without_change()
    {
        Logs.WriteRun(Inside("run-101"));
        await LookTwiceAsync();
        var first = await storage.Store.FindRunAsync("github.com", 101, Token);
        Directory.Move(Inside(".taken/run-101"), Inside("run-101"));

        await LookTwiceAsync();

        Assert.Equal(first!.Revision, (await storage.Store.FindRunAsync("github.com", 101, Token))!.Revision);
        Assert.Equal([".taken", ".taken/run-101"], Entries());
    }

    [Fact]
    public async Task An_entry_that_cannot_be_dealt_with_does_not_hold_up_the_others_and_is_tried_again_later()
    {
        Logs.WriteRun(Inside("run-101"));
        Logs.WriteRun(Inside("run-102"), 102);
        // Nothing can be moved where a file stands instead of the folder.
        await File.WriteAllTextAsync(Inside(".taken"), "", Token);
        var watcher = Watcher();
        await watcher.LookAsync(Token);
        await watcher.LookAsync(Token);
        Assert.Equal([101L, 102L], await RunsAsync());
        var said = log.Count;
        await watcher.LookAsync(Token);
        Assert.Equal(said, log.Count);
        File.Delete(Inside(".taken"));

        clock.Advance(TimeSpan.FromSeconds(30));
        await watcher.LookAsync(Token);
        await watcher.LookAsync(Token);

        Assert.Equal([".taken", ".taken/run-101", ".taken/run-102"], Entries());
    }

    private async Task LookTwiceAsync()
    {
        var watcher = Watcher();
        await watcher.LookAsync(Token);
        await watcher.LookAsync(Token);
    }

    private InboxWatcher Watcher() => new(
        Outside("inbox"), new LedgerServices(storage, new(), PriceBookReader.Shipped(), sources, clock),
        PriceBookReader.Shipped(), log.Add, clock);

    private string Outside(string name) => Path.Combine(folder.FullName, name);

    private string Inside(string name) => Path.Combine(folder.FullName, "inbox", name);

    private async Task<IReadOnlyList<long>> RunsAsync() =>
        await storage.Store.ReadRunsAsync(null, null, Token).Select(run => run.Facts.Key.RunId).ToListAsync(Token);

    // What lies in the inbox, two levels deep.
    private IReadOnlyList<string> Entries() =>
    [
        .. new DirectoryInfo(Outside("inbox")).EnumerateFileSystemInfos()
            .SelectMany(entry => entry is DirectoryInfo { Name: ".taken" or ".rejected" } moved
                ? moved.EnumerateFileSystemInfos().Select(inner => $"{moved.Name}/{inner.Name}").Prepend(moved.Name)
                : [entry.Name])
            .Order(StringComparer.Ordinal),
    ];

    // The uncompressed sizes in the zip's directory and before each entry.
    private static void DeclareSize(string zip, int bytes)
    {
        var content = File.ReadAllBytes(zip);
        for (var at = 0; at < content.Length - 4; at++)
        {
            var size = BitConverter.ToUInt32(content, at) switch
            {
                0x04034b50 => at + 22,
                0x02014b50 => at + 24,
                _ => 0,
            };
            if (size > 0)
                BitConverter.TryWriteBytes(content.AsSpan(size, 4), bytes);
        }

        File.WriteAllBytes(zip, content);
    }
}
