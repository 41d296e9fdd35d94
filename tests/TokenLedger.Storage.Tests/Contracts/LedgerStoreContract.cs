using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Runs as one writer leaves them; looks at bills have a contract of their own.</summary>
public abstract class LedgerStoreContract(IStorageUnderTest storage) : RunContract(storage)
{
    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_fold_of_an_older_revision_than_the_stored_one_is_refused()
    {
        await using var store = await Storage.OpenLedgerAsync();
        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h1") with { BasedOnRevision = 0 }, Token));
        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h2", slices: 5) with { BasedOnRevision = 1 }, Token));

        Assert.Null(await store.StoreRunAsync(Some.Run(hash: "h3", slices: 1) with { BasedOnRevision = 0 }, Token));
        Assert.Null(await store.StoreRunAsync(Some.Run(hash: "h3", slices: 1) with { BasedOnRevision = 1 }, Token));

        var stored = await store.FindRunAsync(RunKey.PublicHost, 7, Token);
        Assert.Equal(("h2", 2L), (stored!.InputHash, stored.Revision));
        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h3", slices: 1) with { BasedOnRevision = 2 }, Token));
    }

    [Fact]
    public async Task A_run_comes_back_as_it_was_stored()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var run = Some.Run();

        Assert.NotNull(await store.StoreRunAsync(run, Token));

        var read = await store.ReadRunsAsync(null, null, Token).ToListAsync(Token);
        AssertSame(run.Attempts, read);
        AssertSame(run.Attempts, await store.ReadRunAsync(RunKey.PublicHost, 7, Token));
        Assert.Empty(read[1].Slices);
        Assert.Equal(run.Problems, await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_unknown_run_is_unknown()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(), Token);

        Assert.Null(await store.FindRunAsync(RunKey.PublicHost, 8, Token));
        Assert.Null(await store.FindRunAsync("octo.ghe.com", 7, Token));
        Assert.Empty(await store.ReadRunAsync(RunKey.PublicHost, 8, Token));
        Assert.Empty(await store.ReadRunAsync("octo.ghe.com", 7, Token));
    }

    [Fact]
    public async Task The_same_input_writes_nothing_and_another_replaces_every_row()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 3), Token);

        Assert.Null(await store.StoreRunAsync(Some.Run(slices: 9), Token));
        Assert.Equal(1, (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Revision);
        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h2", slices: 1), Token));

        var found = await store.FindRunAsync(RunKey.PublicHost, 7, Token);
        Assert.Equal(
            (2, "h2", "acme/api", 99), (found!.Revision, found.InputHash, found.Repository, found.RepositoryId));
        var read = await store.ReadRunsAsync(null, null, Token).ToListAsync(Token);
        Assert.Equal(1, read.Sum(run => run.Slices.Count));
        Assert.Single(await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_attempt_or_a_problem_that_is_told_no_more_is_gone()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var run = Some.Run();
        await store.StoreRunAsync(run, Token);

        await store.StoreRunAsync(run with { InputHash = "h2", Attempts = [run.Attempts[1]], Problems = [] }, Token);

        Assert.Equal(2, Assert.Single(await store.ReadRunAsync(RunKey.PublicHost, 7, Token)).Facts.Key.Attempt);
        Assert.Empty(await store.ReadRunsAsync(Some.Day, Some.Day.AddDays(9), Token).ToListAsync(Token));
        Assert.Empty(await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("2026-09-13", "2026-09-14", 0)]
    [InlineData("2026-09-14", "2026-09-15", 1)]
    [InlineData("2026-09-16", "2026-09-17", 1)]
    [InlineData("2026-09-17", "2026-09-18", 0)]
    [InlineData(null, "2026-09-15", 1)]
    [InlineData("2026-09-15", null, 1)]
    public async Task A_run_is_found_on_each_day_of_its_slices(string? from, string? to, int expected)
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 3), Token);

        var read = await store.ReadRunsAsync(Day(from), Day(to), Token).ToListAsync(Token);

        Assert.Equal(expected, read.Count);
        Assert.Equal(expected * 3, read.Sum(run => run.Slices.Count));
    }

    [Theory]
    [InlineData("2026-11-30", "2026-12-01", 3)]
    [InlineData("2026-12-01", "2026-12-02", 3)]
    [InlineData("2026-11-01", "2027-02-01", 3)]
    [InlineData("2026-12-31", "2027-01-01", 0)]
    [InlineData("2027-01-01", "2027-01-02", 0)]
    public async Task A_run_over_the_end_of_a_month_is_found_on_both_sides_and_once(string from, string to, int slices)
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 3, day: new DateOnly(2026, 11, 29)), Token);

        var read = await store.ReadRunsAsync(Day(from), Day(to), Token).ToListAsync(Token);

        Assert.Equal(slices, read.Sum(run => run.Slices.Count));
        Assert.Equal(read.Count, read.Select(run => run.Facts.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_run_without_tokens_is_found_on_the_day_it_started()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 0), Token);

        Assert.Single(await store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).ToListAsync(Token));
        Assert.Equal([Some.Day], (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.ChangedDays);
    }

    [Fact]
    public async Task Runs_are_read_in_the_order_of_their_keys()
    {
        await using var store = await Storage.OpenLedgerAsync();
        foreach (var id in new long[] { 100, 9, 10, 21_474_836_470 })
            await store.StoreRunAsync(Some.Run(id), Token);
        await store.StoreRunAsync(OnHost(Some.Run(11), "octo.ghe.com"), Token);
        await store.StoreRunAsync(OnHost(Some.Run(12), "acme.ghe.com"), Token);

        var keys = await store.ReadRunsAsync(null, null, Token).Select(run => run.Facts.Key).ToListAsync(Token);

        Assert.Equal(12, keys.Count);
        Assert.Equal(keys.Order(), keys);
    }

    [Fact]
    public async Task Problems_are_read_in_order_of_source_and_line()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var problem = Some.Run().Problems[0];
        await store.StoreRunAsync(
            Some.Run(8) with
            {
                Problems = [problem with { Source = "b" }, problem with { Line = 10 }, problem with { Line = 9 }],
            },
            Token);
        await store.StoreBillProblemsAsync("bills/1/a.csv", [problem with { Source = "a", Line = null }], Token);

        Assert.Equal(
            [("1/logs/token-usage.jsonl", 9L), ("1/logs/token-usage.jsonl", 10L), ("a", null), ("b", 3L)],
            await store.ReadProblemsAsync(Token).Select(read => (read.Source, read.Line)).ToListAsync(Token));
    }

    [Fact]
    public async Task Problems_of_a_bill_replace_what_the_same_file_left_before()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var problem = Some.Run().Problems[0];
        await store.StoreBillProblemsAsync(
            "bills/1/a.csv", [.. Enumerable.Range(1, 250).Select(line => problem with { Line = line })], Token);
        Assert.Equal(250, await store.ReadProblemsAsync(Token).CountAsync(Token));
        await store.StoreBillProblemsAsync("bills/2/b.csv", [problem with { Source = "b" }], Token);
        await store.StoreBillProblemsAsync("bills/1/a.csv", [problem with { Line = 3 }], Token);
        Assert.Equal(2, await store.ReadProblemsAsync(Token).CountAsync(Token));

        await store.StoreBillProblemsAsync("bills/1/a.csv", [], Token);

        Assert.Equal("b", Assert.Single(await store.ReadProblemsAsync(Token).ToListAsync(Token)).Source);
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_refused()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(WithRepositoryId(Some.Run(), null), Token);

        var refused = await Assert.ThrowsAsync<RunConflictException>(() =>
            store.StoreRunAsync(Some.Run(hash: "h2", repository: "evil/api"), Token));

        Assert.Contains("acme/api", refused.Message);
        Assert.Equal("acme/api", (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.Repository);
    }

    [Fact]
    public async Task A_repository_of_the_same_name_and_another_id_is_refused()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(), Token);

        await Assert.ThrowsAsync<RunConflictException>(() =>
            store.StoreRunAsync(WithRepositoryId(Some.Run(hash: "h2"), 100), Token));

        Assert.Equal("h1", (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.InputHash);
    }

    [Fact]
    public async Task A_renamed_repository_keeps_its_runs_by_its_id()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(), Token);

        Assert.NotNull(await store.StoreRunAsync(Some.Run(hash: "h2", repository: "acme/renamed"), Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Names_in_a_run_may_be_any_text(string text)
    {
        await using var store = await Storage.OpenLedgerAsync();
        var run = Some.Run();
        var (facts, slices) = (run.Attempts[0].Facts, run.Attempts[0].Slices);
        var hostile = run with
        {
            InputHash = text,
            Attempts =
            [
                run.Attempts[0] with
                {
                    Facts = facts with
                    {
                        Owner = text, Repository = $"{text}/{text}", WorkflowName = text, WorkflowPath = text,
                        Engine = text, Event = text, Actor = text, Payer = Payer.User(text), Conclusion = text,
                    },
                    Slices =
                    [
                        slices[0] with { Channel = new Channel(text), Model = text, ServiceTier = text },
                        slices[1],
                    ],
                    Warnings = [new(text, text)],
                },
            ],
            Problems = [run.Problems[0] with { Source = text, Message = text }],
        };

        await store.StoreRunAsync(hostile, Token);

        AssertSame(hostile.Attempts, await store.ReadRunsAsync(null, null, Token).ToListAsync(Token));
        Assert.Equal(hostile.Problems, await store.ReadProblemsAsync(Token).ToListAsync(Token));
        Assert.Null(await store.StoreRunAsync(hostile, Token));
    }

    [Fact]
    public async Task The_largest_counts_and_15_decimals_are_kept_exactly()
    {
        await using var store = await Storage.OpenLedgerAsync();
        var run = Some.Run(long.MaxValue);
        const long Max = long.MaxValue;
        var attempt = run.Attempts[0];
        var extreme = run with
        {
            Attempts =
            [
                attempt with
                {
                    Facts = attempt.Facts with { RepositoryId = Max, PullRequest = Max },
                    Report = new RunReport
                    {
                        ProxyReportedAiCredits = 0.000000000000001m,
                        SessionReportedAiCredits = 98765432109876.123456789012345m,
                        LostCacheWriteTokens = Max,
                        CallsKnown = Max,
                        CallsMetered = 0,
                    },
                    Slices =
                    [
                        attempt.Slices[0] with
                        {
                            Requests = Max, DurationMilliseconds = Max, UnresolvedCacheTokens = Max,
                            Tokens = new TokenCounts(Max, Max - 1, Max - 2, 9_007_199_254_740_993, 0, Max),
                        },
                    ],
                },
            ],
        };

        await store.StoreRunAsync(extreme, Token);

        AssertSame(extreme.Attempts, await store.ReadRunAsync(RunKey.PublicHost, Max, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(250)]
    public async Task A_run_may_have_any_number_of_slices(int count)
    {
        await using var store = await Storage.OpenLedgerAsync();
        var run = OfOneDay(count, "h1");

        await store.StoreRunAsync(run, Token);

        AssertSame(run.Attempts, await store.ReadRunAsync(RunKey.PublicHost, 7, Token));
        await store.StoreRunAsync(OfOneDay(1, "h2"), Token);
        Assert.Single((await store.ReadRunAsync(RunKey.PublicHost, 7, Token))[0].Slices);
    }

    private static FoldedRun OnHost(FoldedRun run, string host) => run with
    {
        Host = host,
        Attempts =
        [
            .. run.Attempts.Select(attempt => attempt with
            {
                Facts = attempt.Facts with { Key = attempt.Facts.Key with { Host = host } },
                Slices = [.. attempt.Slices.Select(slice => slice with { Run = slice.Run with { Host = host } })],
            }),
        ],
    };

    private static FoldedRun WithRepositoryId(FoldedRun run, long? id) => run with
    {
        Attempts =
            [.. run.Attempts.Select(attempt => attempt with { Facts = attempt.Facts with { RepositoryId = id } })],
    };

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);
}
