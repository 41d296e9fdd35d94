using System.IO.Compression;
using System.Text;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Collecting;

public sealed class CollectRunTests : IAsyncDisposable
{
    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1);
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Workplace place = new();

    public CollectRunTests()
    {
        place.GitHub.IsConfigured = true;
        place.GitHub.Attempts.Add(Found(1, Start));
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Artifacts_are_archived_as_their_evidence_alone_and_folded()
    {
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000), ("agent/prompt.txt", "what to do"));
        AddArtifact(8, "website", Start.AddMinutes(3), ("index.html", "<p>"));

        var (collected, next) = await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Null(next);
        Assert.Equal(CollectionState.Collected, collected.Step!.State);
        Assert.Equal(
            ["artifact-7-telemetry-agent/evidence.zip", "github/collection.json"],
            place.ArchivedFiles.Select(path => path.Split("/4711/1/")[1]));
        var stored = await SingleAsync();
        Assert.Equal(1_000, Assert.Single(stored.Slices).Tokens.Input);
        Assert.Equal((CollectionState.Collected, 3L), (stored.Facts.Collection, stored.Facts.ActionsMinutes));
        Assert.Equal([new ReconcileDayMessage(Workplace.Day)], place.Queue.Waiting);
    }

    [Fact]
    public async Task Nobody_else_can_read_an_artifact_while_it_is_filtered()
    {
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(new CollectRunMessage(Run, 5));

        // Windows has no such mode, and a folder of temporary files for each user.
        UnixFileMode? expected = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(expected, place.GitHub.TargetMode);
    }

    [Fact]
    public async Task A_second_look_downloads_nothing_and_stores_nothing()
    {
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));
        await CollectAsync(new CollectRunMessage(Run, 5));

        // A redelivery, and a message that had waited.
        await CollectAsync(new CollectRunMessage(Run, 5) { Waits = 1 });
        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(1, place.GitHub.Downloads);
        Assert.Equal(1, place.Store.RunWrites);
    }

    [Fact]
    public async Task A_later_attempt_is_left_to_the_message_of_its_own()
    {
        place.GitHub.Attempts.Add(Found(2, Start.AddMinutes(30)));
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(new CollectRunMessage(Run, 5) { Waits = 1 });

        // Its artifacts may come late: nobody has said that it has none.
        Assert.DoesNotContain(place.ArchivedFiles, path => path.Contains("/4711/2/github/collection.json"));
        AddArtifact(8, "agent", Start.AddMinutes(32), Log(Run with { Attempt = 2 }, 2_000));
        var (second, _) = await CollectAsync(new CollectRunMessage(Run with { Attempt = 2 }, 5));
        Assert.Equal(CollectionState.Collected, second.Step!.State);
    }

    [Fact]
    public async Task What_is_not_there_yet_is_looked_for_three_times_more_and_then_counted_as_no_telemetry()
    {
        var message = new CollectRunMessage(Run, 5);
        foreach (var wait in new[] { 0.5, 2, 10 })
        {
            var (collected, next) = await CollectAsync(message);
            Assert.Null(collected.Step!.State);
            Assert.Equal(TimeSpan.FromMinutes(wait), next!.Wait);
            message = next.Message;
        }

        var (last, none) = await CollectAsync(message);

        Assert.Null(none);
        Assert.Equal(CollectionState.NoTelemetry, last.Step!.State);
        Assert.Equal(CollectionState.NoTelemetry, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task What_comes_later_than_the_first_look_is_found()
    {
        var (_, next) = await CollectAsync(new CollectRunMessage(Run, 5));
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(next!.Message);

        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task A_record_without_telemetry_that_is_held_does_not_end_the_looking()
    {
        AddArtifact(6, "aw-info", Start.AddMinutes(1), ("aw_info.json", Workplace.Info(Run).ReplaceLineEndings("")));
        var (_, next) = await CollectAsync(new CollectRunMessage(Run, 5));
        (_, next) = await CollectAsync(next!.Message);
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(next!.Message);

        var stored = await SingleAsync();
        Assert.Equal(CollectionState.Collected, stored.Facts.Collection);
        Assert.Equal(1_000, Assert.Single(stored.Slices).Tokens.Input);
        // The record was fetched once.
        Assert.Equal(2, place.GitHub.Downloads);
    }

    [Fact]
    public void A_server_that_always_says_in_a_second_is_asked_for_over_a_week()
    {
        var refusal = new ProviderRefusal(ProviderRefusal.Unavailable, "Busy.", TimeSpan.FromSeconds(1));
        var waits = Enumerable.Range(0, CollectionRetries.WaitsMax)
            .Select(waits => CollectionRetries.After(refusal, new CollectRunMessage(Run, 5) { Waits = waits })!.Value)
            .ToList();
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)), (waits[0], waits.Max()));
        Assert.True(waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait) > TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task An_expired_artifact_is_named()
    {
        place.GitHub.Artifacts.Add((new RunArtifact(7, "agent", 100, IsExpired: true, Start), []));

        await CollectAsync(new CollectRunMessage(Run, 5));

        var stored = await SingleAsync();
        Assert.Equal(CollectionState.TelemetryExpired, stored.Facts.Collection);
        var problem = Assert.Single(
            await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token));
        Assert.Equal("TL0412", problem.Code);
        Assert.Contains("agent", problem.Source, StringComparison.Ordinal);
        Assert.Equal(0, place.GitHub.Downloads);
    }

    [Theory]
    [InlineData(ProviderRefusal.Gone)]
    [InlineData(ProviderRefusal.NotFound)]
    public async Task An_artifact_that_expires_while_it_is_asked_for_is_named_too(string code)
    {
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));
        place.GitHub.Refuse = name => name == nameof(IRunSource.DownloadArtifactAsync)
            ? new ProviderRefusal(code, "It is gone.", null)
            : null;

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(CollectionState.TelemetryExpired, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task An_artifact_that_is_larger_than_any_with_telemetry_is_not_downloaded()
    {
        place.GitHub.Artifacts.Add((new RunArtifact(7, "website", 65 * 1024 * 1024, IsExpired: false, Start), []));
        // gh-aw's own may be large.
        AddArtifact(8, "agent", Start, Log(Run, 1_000));
        place.GitHub.Artifacts[1] = (
            place.GitHub.Artifacts[1].Artifact with { LengthBytes = 65 * 1024 * 1024 }, place.GitHub.Artifacts[1].Zip);

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(1, place.GitHub.Downloads);
        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
        Assert.Equal("TL0411", Assert.Single(
            await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token)).Code);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_and_nobody_is_called()
    {
        place.GitHub.Refuse = _ => new ProviderRefusal(
            ProviderRefusal.RateLimited, "Too often.", TimeSpan.FromMinutes(42));
        await place.AddAsync(Run, "agent", "aw_info.json", Workplace.Info(Run));

        var collected = await place.CollectRun.ExecuteAsync(new CollectRunMessage(Run, 5), Workplace.Token);

        Assert.Equal(TimeSpan.FromMinutes(42), collected.Step!.Wait);
        Assert.Equal(
            [new CollectRunMessage(Run, 5) { Waits = 1 }], place.Queue.Waiting.OfType<CollectRunMessage>());
        Assert.Null(place.Queue.Take(QueueNames.CollectRun));
        Assert.Empty(place.Alerts.All);
        Assert.Null((await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task A_missing_permission_is_told_once_for_its_repository_waited_for_and_closed_when_it_is_there()
    {
        place.GitHub.Refuse = _ => new ProviderRefusal(ProviderRefusal.Forbidden, "Accept Actions: read.", null);
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        var (_, next) = await CollectAsync(new CollectRunMessage(Run, 5));
        (_, next) = await CollectAsync(next!.Message);

        var alert = Assert.Single(place.Alerts.All);
        Assert.Equal(
            (Alert.CollectionRefused, "github.com/acme/web", "Accept Actions: read.", true),
            (alert.Kind, alert.Subject, alert.Message, alert.IsOpen));
        Assert.Equal(TimeSpan.FromHours(1), next!.Wait);

        place.GitHub.Refuse = _ => null;
        await CollectAsync(next.Message);
        Assert.False(Assert.Single(place.Alerts.All).IsOpen);
        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task A_refusal_that_nobody_mends_is_a_hole_with_a_name()
    {
        place.GitHub.Refuse = _ => new ProviderRefusal(ProviderRefusal.Forbidden, "Accept Actions: read.", null);
        await place.AddAsync(Run, "agent", "aw_info.json", Workplace.Info(Run));

        var (collected, next) = await CollectAsync(
            new CollectRunMessage(Run, 5) { Waits = CollectionRetries.WaitsMax });

        Assert.Null(next);
        Assert.NotNull(collected.Step!.Refusal);
        Assert.Equal(CollectionState.Refused, (await SingleAsync()).Facts.Collection);
        Assert.Equal("TL0413", Assert.Single(
            await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token)).Code);
    }

    [Fact]
    public async Task A_run_that_is_repeated_gets_the_artifacts_of_each_attempt_under_it()
    {
        var second = Run with { Attempt = 2 };
        place.GitHub.Attempts.Add(Found(2, Start.AddMinutes(30)));
        AddArtifact(7, "agent", Start.AddMinutes(12), Log(Run, 1_000));
        AddArtifact(8, "agent", Start.AddMinutes(42), Log(second, 2_000, at: 30));

        // Whoever queued the run has archived this.
        await place.Archive.AddAsync(
            second, WorkflowRunFile.UploadName, WorkflowRunFile.Create(place.GitHub.Attempts[1].Facts), Workplace.Token);

        await CollectAsync(new CollectRunMessage(second, 5));

        var stored = await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token);
        Assert.Equal([(1, 1_000L), (2, 2_000L)], stored.Select(
            attempt => (attempt.Facts.Key.Attempt, Assert.Single(attempt.Slices).Tokens.Input)));
        Assert.All(stored, attempt => Assert.Equal(CollectionState.Collected, attempt.Facts.Collection));
    }

    [Fact]
    public async Task An_attempt_that_is_still_running_is_left_to_its_own_end()
    {
        place.GitHub.Attempts.Add(Found(2, Start.AddHours(1)) with { IsFinished = false });
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));
        AddArtifact(8, "agent", Start.AddMinutes(62), Log(Run with { Attempt = 2 }, 2_000));

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(1, (await SingleAsync()).Facts.Key.Attempt);
        Assert.Equal(1, place.GitHub.Downloads);
    }

    [Fact]
    public async Task An_artifact_that_is_no_zip_is_a_problem_and_the_others_are_taken()
    {
        place.GitHub.Artifacts.Add((new RunArtifact(6, "broken", 3, false, Start), "no zip"u8.ToArray()));
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
        Assert.Equal("TL0311", Assert.Single(
            await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token)).Code);
    }

    [Fact]
    public async Task Names_of_artifacts_stay_inside_the_archive()
    {
        AddArtifact(7, "../../../etc/agent\u202e", Start.AddMinutes(2), Log(Run, 1_000));

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.All(place.ArchivedFiles, path =>
            Assert.StartsWith("run-logs/github.com/acme/web/4711/1/", path, StringComparison.Ordinal));
        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task Killed_before_any_call_and_delivered_again_it_ends_in_the_same_rows()
    {
        AddArtifact(7, "agent", Start.AddMinutes(2), Log(Run, 1_000));
        AddArtifact(8, "detection", Start.AddMinutes(3), Log(Run, 500, "detection", at: 9));
        await CollectAsync(new CollectRunMessage(Run, 5));
        var whole = await RowsAsync(place);
        place.Kill.Arm(null);

        for (var call = 0; ; call++)
        {
            await using var other = new Workplace();
            other.GitHub.IsConfigured = true;
            other.GitHub.Attempts.AddRange(place.GitHub.Attempts);
            other.GitHub.Artifacts.AddRange(place.GitHub.Artifacts);
            other.Kill.Arm(call);
            var wasKilled = false;
            try
            {
                await other.CollectRun.ExecuteAsync(new CollectRunMessage(Run, 5), Workplace.Token);
            }
            catch (ProcessKilledException)
            {
                wasKilled = true;
            }

            other.Kill.Arm(null);
            await other.CollectRun.ExecuteAsync(new CollectRunMessage(Run, 5), Workplace.Token);
            Assert.Equal(whole, await RowsAsync(other));
            if (!wasKilled)
            {
                Assert.True(call > 5);
                return;
            }
        }
    }

    private Task<(CollectedRun Collected, CollectRunLater? Next)> CollectAsync(CollectRunMessage message) =>
        place.CollectRun.CollectAsync(message, Workplace.Token);

    private async Task<LedgerRun> SingleAsync() =>
        Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));

    private static async Task<string> RowsAsync(Workplace at) => string.Join(
        '\n',
        (await at.Store.ReadRunAsync("github.com", 4711, Workplace.Token)).Select(run =>
            $"{run.Facts} {string.Join(' ', run.Slices.Select(slice => slice.ToString()))}"))
        + string.Join('\n', at.ArchivedFiles);

    private static FoundRun Found(int attempt, DateTimeOffset start) => new(
        new WorkflowRunFacts(Run with { Attempt = attempt })
        {
            WorkflowName = "Triage",
            WorkflowPath = ".github/workflows/triage.lock.yml",
            StartedAt = start,
            Conclusion = "success",
        },
        IsFinished: true,
        Start);

    private static (string Path, string Text) Log(
        RunIdentity run, int input, string folder = "agent", int at = 0) =>
        ($"{folder}/token-usage.jsonl", Workplace.Usage(run, at, input).ReplaceLineEndings("") + "\n");

    private void AddArtifact(
        long id, string name, DateTimeOffset createdAt, params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        place.GitHub.Artifacts.Add((new RunArtifact(id, name, stream.Length, false, createdAt), stream.ToArray()));
    }
}
