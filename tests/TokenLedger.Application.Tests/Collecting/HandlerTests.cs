using TokenLedger.Application.Collecting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Collecting;

public sealed class HandlerTests : IAsyncDisposable
{
    private static readonly RunIdentity Run = new("github.com", "Acme", "Web", 4711, 1);

    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private static string Uploaded(string path) =>
        "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"subject\":\"/blobServices/default/containers/run-logs/blobs/"
        + path + "\"}";

    private static Task<TakenLog> TakeAsync(Workplace place, string path) =>
        place.TakeUploadedLog.ExecuteAsync(Uploaded(path), Workplace.Token);

    [Fact]
    public async Task An_uploaded_log_makes_the_rows_of_its_run_and_queues_its_day()
    {
        await place.AddRunAsync(Run, 1_000, 2_000);
        var taken = await TakeAsync(place, "github.com/acme/web/4711/1/agent/token-usage.jsonl");
        Assert.True(taken.Run!.IsChanged);
        var stored = Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));
        Assert.Equal(("Acme", "Acme/Web"), (stored.Facts.Owner, stored.Facts.Repository));
        Assert.Equal([new ReconcileDayMessage(Workplace.Day)], place.Queue.Waiting);
    }

    [Fact]
    public async Task The_same_event_again_and_the_archives_other_files_write_nothing()
    {
        await place.AddRunAsync(Run, 1_000);
        await TakeAsync(place, "github.com/acme/web/4711/1/agent/token-usage.jsonl");
        var again = await TakeAsync(place, "github.com/acme/web/4711/1/agent/token-usage.jsonl");
        var sibling = await TakeAsync(place, "github.com/acme/web/4711/1/agent/aw_info.json");
        Assert.False(again.Run!.IsChanged || sibling.Run!.IsChanged);
        Assert.Equal(1, place.Store.RunWrites);
        Assert.Single(place.Queue.Waiting);
    }

    [Fact]
    public async Task A_collected_run_and_an_uploaded_log_of_it_are_folded_alike()
    {
        await place.AddRunAsync(Run, 1_000);
        var collected = await place.CollectRun.ExecuteAsync(new CollectRunMessage(Run, null), Workplace.Token);
        Assert.True(collected.Run.IsChanged);
        var taken = await TakeAsync(place, "github.com/acme/web/4711/1/agent/token-usage.jsonl");
        Assert.False(taken.Run!.IsChanged);
    }

    [Fact]
    public async Task The_spelling_of_a_known_run_outlives_a_path_in_lower_case()
    {
        await place.AddAsync(Run, "agent", "token-usage.jsonl", Workplace.Usage(Run, 0, 1_000));
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        await place.AddAsync(Run, "more", "token-usage.jsonl", Workplace.Usage(Run, 1, 1_000));
        Assert.True((await TakeAsync(place, "github.com/acme/web/4711/1/more/token-usage.jsonl")).Run!.IsChanged);
        var stored = Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));
        Assert.Equal("Acme/Web", stored.Facts.Repository);
    }

    [Fact]
    public async Task A_misplaced_upload_raises_one_alert_and_counts_for_nothing()
    {
        await place.AddRunAsync(Run, 1_000);
        var other = Run with { RunId = 4712 };
        await place.AddAsync(Run, "wrong", "aw_info.json", Workplace.Info(other));
        await place.AddAsync(Run, "wrong", "token-usage.jsonl", Workplace.Usage(other, 0, 9_000));
        await TakeAsync(place, "github.com/acme/web/4711/1/wrong/token-usage.jsonl");
        await TakeAsync(place, "github.com/acme/web/4711/1/wrong/aw_info.json");
        var alert = Assert.Single(place.Alerts.All);
        Assert.Equal(
            (Alert.MisplacedUpload, "github.com/acme/web/4711/1/wrong", 1L), (alert.Kind, alert.Subject, alert.Count));
        var stored = Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));
        Assert.Equal(1, stored.Slices.Sum(slice => slice.Requests));
    }

    [Fact]
    public async Task The_alert_is_the_same_whichever_handler_finds_the_upload()
    {
        await place.AddRunAsync(Run, 1_000);
        await place.AddAsync(Run, "wrong", "aw_info.json", Workplace.Info(Run with { RunId = 4712 }));
        await place.CollectRun.ExecuteAsync(new CollectRunMessage(Run, null), Workplace.Token);
        await place.AddAsync(Run, "later", "token-usage.jsonl", Workplace.Usage(Run, 1, 1_000));
        await TakeAsync(place, "github.com/acme/web/4711/1/later/token-usage.jsonl");
        Assert.Equal("github.com/acme/web/4711/1/wrong", Assert.Single(place.Alerts.All).Subject);
        Assert.Equal(1, place.Alerts.Writes);
    }

    [Fact]
    public async Task Another_runs_upload_alone_makes_no_run()
    {
        await place.AddAsync(Run, "wrong", "aw_info.json", Workplace.Info(Run with { RunId = 4712 }));
        var taken = await TakeAsync(place, "github.com/acme/web/4711/1/wrong/aw_info.json");
        Assert.False(taken.Run!.IsChanged);
        Assert.Null(await place.Store.FindRunAsync("github.com", 4711, Workplace.Token));
        Assert.Single(place.Alerts.All);
        Assert.Empty(place.Queue.Waiting);
    }

    [Fact]
    public async Task An_upload_under_another_repository_than_the_runs_is_told_and_replaces_nothing()
    {
        await place.AddRunAsync(Run, 1_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        var renamed = Run with { RepositoryName = "Shop" };
        await place.AddAsync(renamed, "agent", "token-usage.jsonl", Workplace.Usage(Run, 1, 1_000));
        var taken = await TakeAsync(place, "github.com/acme/shop/4711/1/agent/token-usage.jsonl");
        Assert.Equal(new TakenLog(null, UploadedLogFault.OtherRepository), taken);
        Assert.Equal("github.com/acme/shop/4711/1/agent", Assert.Single(place.Alerts.All).Subject);
        Assert.Equal(1, place.Store.RunWrites);
    }

    [Fact]
    public async Task An_upload_under_a_path_in_capitals_is_told()
    {
        var taken = await TakeAsync(place, "github.com/Acme/web/4711/1/agent/token-usage.jsonl");
        Assert.Equal(new TakenLog(null, UploadedLogFault.NotLowerCase), taken);
        Assert.Single(place.Alerts.All);
        Assert.Equal(
            new TakenLog(null, UploadedLogFault.NoEvent),
            await place.TakeUploadedLog.ExecuteAsync("nonsense", Workplace.Token));
        Assert.Single(place.Alerts.All);
    }

    [Fact]
    public async Task Killed_before_any_call_and_delivered_again_it_tells_and_stores_the_same()
    {
        var calls = int.MaxValue;
        for (var call = 0; call <= calls; call++)
        {
            await using var killed = new Workplace();
            await killed.AddRunAsync(Run, 1_000);
            await killed.AddAsync(Run, "wrong", "aw_info.json", Workplace.Info(Run with { RunId = 4712 }));
            killed.Kill.Arm(call);
            try
            {
                await TakeAsync(killed, "github.com/acme/web/4711/1/wrong/aw_info.json");
                calls = killed.Kill.Calls - 1;
                Assert.Equal(6, calls);
            }
            catch (ProcessKilledException)
            {
                killed.Kill.Arm(null);
                await TakeAsync(killed, "github.com/acme/web/4711/1/wrong/aw_info.json");
            }

            killed.Kill.Arm(null);

            Assert.Equal((1, 1), (killed.Alerts.Writes, killed.Store.RunWrites));
            Assert.Equal([new ReconcileDayMessage(Workplace.Day)], killed.Queue.Waiting.Distinct());
            Assert.Empty((await killed.Store.FindRunAsync("github.com", 4711, Workplace.Token))!.ChangedDays);
        }
    }
}
