using System.IO.Compression;
using System.Text;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Tests.Collecting;

/// <summary>Which artifacts are fetched, in which order, how often, and what becomes of those that are not.</summary>
public sealed class CollectArtifactsTests : IAsyncDisposable
{
    private const long GiB = 1024L * 1024 * 1024;

    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1) { RepositoryId = 9 };
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    private readonly Workplace place = new();

    public CollectArtifactsTests()
    {
        place.GitHub.IsConfigured = true;
        place.GitHub.Attempts.Add(Found(1, Start));
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Artifacts_with_a_name_of_telemetry_are_fetched_first()
    {
        foreach (var (id, name) in new[] { (5L, "website"), (6L, "abc123-usage"), (7L, "notes"), (8L, "agent") })
            AddArtifact(id, name, Start, ("index.html", name));

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal([6, 8, 5, 7], place.GitHub.Fetched);
    }

    [Fact]
    public async Task An_artifact_that_never_comes_does_not_keep_the_others_away()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        AddArtifact(8, "usage", Start, Log(Run, 500, "usage", at: 9));
        place.GitHub.RefuseArtifact = id => id == 7 ? Failing : null;

        var (collected, next) = await CollectAsync(new CollectRunMessage(Run, 5));

        // It waits for the one, and the rows of the other are there.
        Assert.Equal((Failing, 1), (collected.Step!.Refusal, next!.Message.Waits));
        var stored = await SingleAsync();
        Assert.Equal(500, Assert.Single(stored.Slices).Tokens.Input);
        Assert.Null(stored.Facts.Collection);

        place.GitHub.RefuseArtifact = _ => null;
        await CollectAsync(next.Message);
        Assert.Equal([7, 8, 7], place.GitHub.Fetched);
        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
        Assert.Empty(await CodesAsync());
    }

    [Theory]
    [InlineData(ProviderRefusal.RateLimited)]
    [InlineData(ProviderRefusal.Unauthorized)]
    public async Task A_refusal_of_the_credential_ends_the_look(string code)
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        AddArtifact(8, "usage", Start, Log(Run, 500, "usage"));
        place.GitHub.RefuseArtifact = _ => new ProviderRefusal(code, "Not now.", null);

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal([7], place.GitHub.Fetched);
    }

    [Fact]
    public async Task A_later_look_begins_after_the_artifact_that_did_not_come()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        AddArtifact(8, "usage", Start, Log(Run, 500, "usage", at: 9));
        place.GitHub.RefuseArtifact = id =>
        {
            // It takes all the time there is.
            place.Clock.Now += TimeSpan.FromMinutes(id == 7 ? 5 : 0);
            return id == 7 ? Failing : null;
        };

        var (_, next) = await CollectAsync(new CollectRunMessage(Run, 5));
        await CollectAsync(next!.Message);

        Assert.Equal([7, 8, 7], place.GitHub.Fetched);
        Assert.Equal(500, Assert.Single((await SingleAsync()).Slices).Tokens.Input);
    }

    [Fact]
    public async Task What_is_given_up_is_named_and_what_came_is_kept()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        AddArtifact(8, "usage", Start, Log(Run, 500, "usage", at: 9));
        place.GitHub.RefuseArtifact = id => id == 7 ? Failing : null;
        place.GitHub.Refuse = name => name == nameof(IRunSource.ListJobsAsync) ? Failing : null;

        var (collected, next) = await CollectAsync(
            new CollectRunMessage(Run, 5) { Waits = CollectionRetries.WaitsMax });

        Assert.Null(next);
        Assert.Equal((CollectionState.Collected, Failing), (collected.Step!.State, collected.Step.Refusal));
        var stored = await SingleAsync();
        Assert.Equal((CollectionState.Collected, null), (stored.Facts.Collection, stored.Facts.ActionsMinutes));
        Assert.Equal(500, Assert.Single(stored.Slices).Tokens.Input);
        var problem = Assert.Single(
            await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token));
        Assert.Equal(("TL0415", Failing.Message), (problem.Code, problem.Message));
        Assert.Contains("agent", problem.Source, StringComparison.Ordinal);
        Assert.True(Assert.Single(place.Alerts.All).IsOpen);
    }

    [Fact]
    public async Task A_run_of_which_nothing_came_until_it_was_given_up_is_refused()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        await place.AddAsync(Run, "agent", "aw_info.json", Workplace.Info(Run));
        place.GitHub.RefuseArtifact = _ => Failing;

        await CollectAsync(new CollectRunMessage(Run, 5) { Waits = CollectionRetries.WaitsMax });

        Assert.Equal(CollectionState.Refused, (await SingleAsync()).Facts.Collection);
        Assert.Equal(["TL0415"], await CodesAsync());
    }

    [Fact]
    public async Task An_artifact_with_nothing_in_it_is_fetched_once_by_however_many_processes()
    {
        AddArtifact(7, "website", Start, ("index.html", "<p>"));
        place.GitHub.Artifacts.Add((new RunArtifact(6, "broken", 3, false, Start), "no zip"u8.ToArray()));
        await place.AddAsync(Run, "agent", "aw_info.json", Workplace.Info(Run));
        var message = new CollectRunMessage(Run, 5);

        while (await CollectAsync(message) is { Next: { } next })
            message = Sent(next.Message);

        Assert.Equal([6, 7], place.GitHub.Fetched);
        Assert.Equal(3, message.Tries);
        // The outcome tells of what the first look met.
        Assert.Equal(CollectionState.NoTelemetry, (await SingleAsync()).Facts.Collection);
        Assert.Equal(["TL0311"], await CodesAsync());
    }

    [Theory]
    [InlineData(nameof(IRunSource.FindRunAsync))]
    [InlineData(nameof(IRunSource.ListArtifactsAsync))]
    [InlineData(nameof(IRunSource.ListJobsAsync))]
    public async Task A_refused_list_between_two_looks_forgets_nothing(string refused)
    {
        AddArtifact(7, "website", Start, ("index.html", "<p>"));
        place.GitHub.Artifacts.Add((new RunArtifact(6, "broken", 3, false, Start), "no zip"u8.ToArray()));
        var message = new CollectRunMessage(Run, 5);
        message = Sent((await CollectAsync(message)).Next!.Message);
        place.GitHub.Refuse = name =>
            name == refused ? new ProviderRefusal(ProviderRefusal.Unavailable, "HTTP 502.", null) : null;
        while (message.Waits == 0)
            message = Sent((await CollectAsync(message)).Next!.Message);
        place.GitHub.Refuse = _ => null;

        while (await CollectAsync(message) is { Next: { } next })
            message = Sent(next.Message);

        Assert.Equal([6, 7], place.GitHub.Fetched);
        Assert.Equal(["TL0311"], await CodesAsync());
    }

    [Fact]
    public void The_longest_message_fits_into_a_queue()
    {
        var memory = Enumerable.Range(0, 2_000).Aggregate(
            ArtifactMemory.Empty, (memory, at) => memory
                .WithNothingIn(long.MaxValue - at)
                .With(at, [new(new string('\u4e16', 5_000), null, "TL0311", new string('\u4e16', 5_000))]));
        var message = new CollectRunMessage(Run, 5) { Waits = 1, Parts = 3, Memory = memory };

        Assert.InRange(Encoding.UTF8.GetByteCount(MessageFormat.Write(message, null)), 1, 48 * 1024);
        var read = Sent(message);
        Assert.Equal((1, 3), (read.Waits, read.Parts));
        Assert.Equal(memory.WithoutEvidence, read.Memory.WithoutEvidence);
        Assert.Equal(memory.Problems, read.Memory.Problems);
        Assert.Equal((1_000, 10), (read.Memory.WithoutEvidence.Count, read.Memory.Problems.Count));
    }

    [Fact]
    public async Task After_four_minutes_the_rest_is_another_message()
    {
        AddLarge(5, lengthBytes: 1);
        place.GitHub.RefuseArtifact = _ =>
        {
            place.Clock.Now += TimeSpan.FromMinutes(2);
            return null;
        };

        var parts = await FollowAsync();

        Assert.Equal([2, 4, 5], parts.Select(part => part.Fetched));
        Assert.Equal(
            [(0, 0, 1), (0, 0, 2)], parts.Take(2).Select(part => (part.Next!.Tries, part.Next.Waits, part.Next.Parts)));
        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task After_two_GiB_the_rest_is_another_message()
    {
        AddLarge(5, lengthBytes: GiB);

        Assert.Equal([2, 4, 5], (await FollowAsync()).Select(part => part.Fetched));

        Assert.Equal(5_000, (await SingleAsync()).Slices.Sum(slice => slice.Tokens.Input));
    }

    [Fact]
    public async Task Parts_have_a_bound()
    {
        AddLarge(3, lengthBytes: GiB);

        var (_, next) = await CollectAsync(new CollectRunMessage(Run, 5) { Parts = 1_000 });

        Assert.Null(next);
        Assert.Equal(3, place.GitHub.Downloads);
    }

    [Fact]
    public async Task A_message_that_comes_twice_asks_GitHub_nothing()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        await CollectAsync(new CollectRunMessage(Run, 5));
        var asked = place.GitHub.Asked.Count;

        var (collected, next) = await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Null(next);
        Assert.Equal(CollectionState.Collected, collected.Step!.State);
        Assert.Equal(asked, place.GitHub.Asked.Count);
    }

    [Fact]
    public async Task An_attempt_that_is_known_is_looked_at_again_while_an_earlier_one_is_not()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        await CollectAsync(new CollectRunMessage(Run, 5));
        place.GitHub.Attempts.Add(Found(2, Start.AddHours(1)));
        place.GitHub.Attempts.Add(Found(3, Start.AddHours(2)));
        var third = Run with { Attempt = 3 };
        // The second attempt's end was never told.
        await place.Archive.AddAsync(
            third, WorkflowRunFile.UploadName,
            CollectionFile.Create(new CollectionFacts(third, CollectionState.NoTelemetry)), Workplace.Token);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        AddArtifact(8, "agent", Start.AddHours(2), Log(third, 1_000, at: 9));

        await CollectAsync(new CollectRunMessage(third, 5));

        Assert.Equal([1, 2, 3], (await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token))
            .Where(attempt => attempt.Facts.Collection is not null)
            .Select(attempt => attempt.Facts.Key.Attempt));
    }

    [Fact]
    public async Task What_was_refused_for_good_is_asked_for_again_by_the_next_message()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        await place.AddAsync(Run, "agent", "aw_info.json", Workplace.Info(Run));
        place.GitHub.RefuseArtifact = _ => Failing;
        await CollectAsync(new CollectRunMessage(Run, 5) { Waits = CollectionRetries.WaitsMax });
        place.GitHub.RefuseArtifact = _ => null;

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task A_renamed_repository_keeps_its_runs_artifacts_in_one_place()
    {
        await place.Archive.AddAsync(
            Run, WorkflowRunFile.UploadName, WorkflowRunFile.Create(place.GitHub.Attempts[0].Facts), Workplace.Token);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        AddArtifact(7, "agent", Start, Log(Run, 1_000));

        await CollectAsync(new CollectRunMessage(Run with { RepositoryName = "shop" }, 5));

        Assert.All(place.ArchivedFiles, path =>
            Assert.StartsWith("run-logs/github.com/acme/web/", path, StringComparison.Ordinal));
        var stored = await SingleAsync();
        Assert.Equal(1_000, Assert.Single(stored.Slices).Tokens.Input);
        Assert.Equal(CollectionState.Collected, stored.Facts.Collection);
    }

    [Fact]
    public async Task A_fold_between_the_look_and_the_rows_is_seen()
    {
        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        var isFirst = true;
        place.GitHub.Refuse = name =>
        {
            if (name == nameof(IRunSource.ListJobsAsync) && isFirst)
            {
                isFirst = false;
                // Another process folds the artifact before this one does.
                place.UpdateRun.ExecuteAsync(Run, Workplace.Token).GetAwaiter().GetResult();
            }

            return null;
        };

        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal(CollectionState.Collected, (await SingleAsync()).Facts.Collection);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_deleted_a_day_later()
    {
        var unique = Path.GetRandomFileName();
        var names = new[] { "tokenledger-artifact-old-", "tokenledger-artifact-new-", "others-artifact-old-" };
        var paths = names.Select(name => Path.Combine(Path.GetTempPath(), name + unique)).ToList();
        foreach (var path in paths)
        {
            await File.WriteAllTextAsync(path, "left", Workplace.Token);
            if (path.Contains("-old-", StringComparison.Ordinal))
                File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddHours(-25));
        }

        AddArtifact(7, "agent", Start, Log(Run, 1_000));
        await CollectAsync(new CollectRunMessage(Run, 5));

        Assert.Equal([false, true, true], paths.Select(File.Exists));
        paths.ForEach(File.Delete);
    }

    private static ProviderRefusal Failing { get; } =
        new(ProviderRefusal.Unavailable, "GitHub failed to answer for the artifact (502).", null);

    private async Task<List<(int Fetched, CollectRunMessage? Next)>> FollowAsync()
    {
        var parts = new List<(int Fetched, CollectRunMessage? Next)>();
        for (var message = new CollectRunMessage(Run, 5); message is not null;)
        {
            var (_, next) = await CollectAsync(message);
            Assert.True(next is null || next.Wait == TimeSpan.Zero);
            message = next?.Message;
            parts.Add((place.GitHub.Downloads, message));
        }

        return parts;
    }

    private void AddLarge(int count, long lengthBytes)
    {
        for (var at = 0; at < count; at++)
        {
            AddArtifact(at + 1, "agent", Start, Log(Run, 1_000, at: at));
            var (artifact, zip) = place.GitHub.Artifacts[at];
            place.GitHub.Artifacts[at] = (artifact with { LengthBytes = lengthBytes }, zip);
        }
    }

    private async Task<IEnumerable<string>> CodesAsync() =>
        (await place.Store.ReadProblemsAsync(Workplace.Token).ToListAsync(Workplace.Token))
            .Select(problem => problem.Code);

    private static CollectRunMessage Sent(CollectRunMessage message) =>
        (CollectRunMessage)MessageFormat.Read(MessageFormat.Write(message, null))!.Message;

    private Task<(CollectedRun Collected, CollectRunLater? Next)> CollectAsync(CollectRunMessage message) =>
        place.CollectRun.CollectAsync(message, Workplace.Token);

    private async Task<LedgerRun> SingleAsync() =>
        Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));

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
