using System.Globalization;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Findings;

public sealed class FindPatternsTests
{
    private static readonly RunIdentity Looping = new("github.com", "acme", "shop", 100, 1);
    private static readonly RunIdentity Quiet = new("github.com", "acme", "shop", 101, 1);

    [Fact]
    public async Task A_retry_loop_is_found_with_its_figures_and_kept()
    {
        await using var place = new Workplace();
        await PlantAsync(place);

        var finding = Assert.Single(await FindAsync(place));

        Assert.Equal(FindingCodes.RetryLoop, finding.Code);
        Assert.Equal("github.com/acme/shop/100/1", finding.Subject);
        var stored = Assert.Single(await StoredAsync(place));
        Assert.Equal(finding.Evidence, stored.Finding.Evidence);
        Assert.Equal(finding with { Evidence = stored.Finding.Evidence }, stored.Finding);
        Assert.Equal((place.Clock.Now, FindingStatus.Open), (stored.FirstFoundAt, stored.Status));
    }

    [Fact]
    public async Task Features_hold_figures_alone_and_are_made_once()
    {
        await using var place = new Workplace();
        await PlantAsync(place);
        await FindAsync(place);
        var before = await RowsAsync(place);

        place.Clock.Now += TimeSpan.FromHours(1);
        var reader = new ReadRunFeatures(place.Store, place.Archive, place.Records, Workplace.Prices);
        var runs = await place.Store.ReadRunsAsync(Workplace.Day, Workplace.Day.AddDays(1), Workplace.Token)
            .ToListAsync(Workplace.Token);
        var features = await reader.ExecuteAsync(Workplace.Day, runs, Workplace.Token);

        Assert.Equal(0, reader.Made);
        Assert.Equal(2, features.Count);
        Assert.Equal(8, features[runs.Single(run => run.Facts.Key.RunId == 100).Facts.Key].Repeats);
        await FindAsync(place);
        Assert.Equal(before, await RowsAsync(place));
    }

    [Fact]
    public async Task A_run_with_new_files_is_read_again_and_one_over_the_bound_is_left_to_the_next_call()
    {
        await using var place = new Workplace();
        await PlantAsync(place);
        await FindAsync(place);
        await place.AddAsync(Quiet, "late", "detection/token-usage.jsonl", Workplace.Usage(Quiet, 30, 500));
        await place.UpdateRun.ExecuteAsync(Quiet, Workplace.Token);
        var runs = await place.Store.ReadRunsAsync(Workplace.Day, Workplace.Day.AddDays(1), Workplace.Token)
            .ToListAsync(Workplace.Token);

        var bounded = new ReadRunFeatures(place.Store, place.Archive, place.Records, Workplace.Prices, madeMax: 0);
        var some = await bounded.ExecuteAsync(Workplace.Day, runs, Workplace.Token);
        var reader = new ReadRunFeatures(place.Store, place.Archive, place.Records, Workplace.Prices);
        var all = await reader.ExecuteAsync(Workplace.Day, runs, Workplace.Token);

        Assert.Equal((0, 1, 1), (bounded.Made, bounded.LeftOut, some.Count));
        Assert.Equal((1, 0, 2), (reader.Made, reader.LeftOut, all.Count));
    }

    [Fact]
    public async Task A_finding_that_is_no_longer_true_is_marked_and_comes_back_as_it_was_first_found()
    {
        await using var place = new Workplace();
        await PlantAsync(place);
        var found = await FindAsync(place);
        var firstAt = place.Clock.Now;
        var book = new FindingBook(place.Records, place.Clock);

        place.Clock.Now += TimeSpan.FromHours(1);
        await book.StoreAsync(Workplace.Day, [], Workplace.Token);
        var gone = Assert.Single(await StoredAsync(place));
        place.Clock.Now += TimeSpan.FromHours(1);
        await FindAsync(place);
        var back = Assert.Single(await StoredAsync(place));

        Assert.Equal((FindingStatus.Gone, place.Clock.Now - TimeSpan.FromHours(1)), (gone.Status, gone.GoneAt));
        Assert.Equal((FindingStatus.Open, firstAt, place.Clock.Now), (back.Status, back.FirstFoundAt, back.LastSeenAt));
        Assert.Equal(FindingId.Of(found[0]), back.Id);
    }

    [Fact]
    public async Task What_was_decided_outlives_the_finding_and_is_written_once()
    {
        await using var place = new Workplace();
        await PlantAsync(place);
        await FindAsync(place);
        var reader = new ReadFindings(place.Records);
        var finding = Assert.Single(await reader.FindAsync((await StoredAsync(place))[0].Id[..FindingId.ShownLength], Workplace.Token));
        var decide = new DecideFinding(place.Records, place.Clock);

        Assert.True(await decide.ExecuteAsync(finding, FindingStatus.Dismissed, "alice", "=1+1 <b>", Workplace.Token));
        var decided = await RowsAsync(place);
        place.Clock.Now += TimeSpan.FromHours(1);
        Assert.True(await decide.ExecuteAsync(finding, FindingStatus.Dismissed, "alice", "=1+1 <b>", Workplace.Token));
        Assert.Equal(decided, await RowsAsync(place));
        await new FindingBook(place.Records, place.Clock).StoreAsync(Workplace.Day, [], Workplace.Token);
        await FindAsync(place);

        var stored = Assert.Single(await StoredAsync(place));
        Assert.Equal((FindingStatus.Dismissed, "alice", "=1+1 <b>"), (stored.Status, stored.Decision!.By, stored.Decision.Reason));
        Assert.Empty(await reader.FindAsync("zzzzzz", Workplace.Token));
        Assert.Empty(await reader.FindAsync(finding.Id[..5], Workplace.Token));
    }

    [Fact]
    public async Task Killed_before_any_call_and_started_again_it_ends_in_the_same_rows()
    {
        await using var whole = new Workplace();
        await PlantAsync(whole);
        whole.Kill.Arm(null);
        await FindAsync(whole);
        var calls = whole.Kill.Calls;
        var expected = await RowsAsync(whole);

        Assert.True(calls > 5, "Nothing to kill.");
        for (var call = 0; call < calls; call++)
        {
            await using var killed = new Workplace();
            await PlantAsync(killed);
            killed.Kill.Arm(call);
            await Assert.ThrowsAsync<ProcessKilledException>(() => FindAsync(killed));
            killed.Kill.Arm(null);
            await FindAsync(killed);
            Assert.Equal(expected.Select(WithoutVersion), (await RowsAsync(killed)).Select(WithoutVersion));
        }
    }

    private static async Task PlantAsync(Workplace place)
    {
        await place.AddAsync(Looping, "agent", "aw_info.json", Workplace.Info(Looping));
        await place.AddAsync(
            Looping, "agent", "token-usage.jsonl",
            [.. Enumerable.Range(0, 9).Select(at => Usage(at, 20_000))]);
        await place.AddRunAsync(Quiet, 900, 950);
        await place.UpdateRun.ExecuteAsync(Looping, Workplace.Token);
        await place.UpdateRun.ExecuteAsync(Quiet, Workplace.Token);
    }

    private static string Usage(int at, int input) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {"timestamp":"2026-11-03T09:10:{{at * 5:00}}.000Z","event":"token_usage","request_id":"r-{{at}}",
        "provider":"copilot","model":"claude-sonnet-5","path":"/v1/messages","status":200,"input_tokens":{{input}},
        "output_tokens":100,"cache_read_tokens":0,"cache_write_tokens":0,"duration_ms":2000}
        """);

    private static Task<IReadOnlyList<Finding>> FindAsync(Workplace place) => new FindPatterns(
        place.Store, place.Days, place.Archive, place.Records, Workplace.Prices, place.Configuration, place.Clock)
        .ExecuteAsync([Workplace.Day], Workplace.Token);

    private static Task<List<StoredFinding>> StoredAsync(Workplace place) =>
        new ReadFindings(place.Records).ExecuteAsync(null, null, Workplace.Token).ToListAsync(Workplace.Token).AsTask();

    private static async Task<IReadOnlyList<string>> RowsAsync(Workplace place)
    {
        var rows = new List<string>();
        foreach (var table in RecordTables.All)
        {
            await foreach (var stored in place.Records.ReadAsync(table, null, null, Workplace.Token))
                rows.Add($"{table.Name} {stored.Row.PartitionKey} {stored.Row.RowKey} "
                    + string.Join(' ', table.Columns.Select(column => $"{column.Name}={stored.Row[column.Name]}"))
                    + $"\n{stored.Version}");
        }

        return rows;
    }

    private static string WithoutVersion(string row) => row[..row.LastIndexOf('\n')];
}
