using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Days as one writer leaves them.</summary>
public abstract class DayLedgerContract(IStorageUnderTest storage) : DayContract(storage)
{
    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_day_that_was_never_reconciled_is_unknown()
    {
        var days = await Storage.OpenDaysAsync();

        Assert.Null(await days.FindAsync(Some.Account, Some.Day, Token));
        Assert.Empty(await days.ReadAsync(null, Some.Day, Some.Day.AddDays(1), Token).ToListAsync(Token));
        Assert.Empty(await SharesAsync(days, Some.Account, Some.Day));
        Assert.Empty(await days.ReadUnallocatedAsync(Some.Account, Some.Day, Token).ToListAsync(Token));
        Assert.Empty(await CostsAsync(days, Some.Day, Some.Day.AddDays(1)));
    }

    [Fact]
    public async Task A_day_comes_back_as_it_was_stored()
    {
        var days = await Storage.OpenDaysAsync();

        Assert.True(await days.StoreAsync(SomeDay.Of(), Token));

        await AssertStoredAsync(await Storage.OpenDaysAsync(), SomeDay.Of(), revision: 1);
    }

    [Fact]
    public async Task A_day_made_of_older_input_than_the_stored_one_is_refused()
    {
        var days = await Storage.OpenDaysAsync();
        Assert.True(await days.StoreAsync(SomeDay.Of("h1") with { BasedOnRevision = 0 }, Token));
        Assert.True(await days.StoreAsync(SomeDay.Of("h2") with { BasedOnRevision = 1 }, Token));

        Assert.False(await days.StoreAsync(SomeDay.Of("h3") with { BasedOnRevision = 0 }, Token));
        Assert.False(await days.StoreAsync(SomeDay.Of("h3") with { BasedOnRevision = 1 }, Token));

        await AssertStoredAsync(await Storage.OpenDaysAsync(), SomeDay.Of("h2"), revision: 2);
        Assert.True(await days.StoreAsync(SomeDay.Of("h3") with { BasedOnRevision = 2 }, Token));
    }

    [Fact]
    public async Task What_is_unknown_stays_unknown_and_never_becomes_0()
    {
        var days = await Storage.OpenDaysAsync();

        await days.StoreAsync(SomeDay.Unknown(), Token);

        await AssertStoredAsync(days, SomeDay.Unknown(), revision: 1);
        var head = (await days.FindAsync(Some.Account, Some.Day, Token))!;
        Assert.Null(head.Totals.BilledGrossNanoCredits);
        Assert.Null(head.Totals.EstimatedAiCredits);
        var cost = Assert.Single(await CostsAsync(days, Some.Day, Some.Day.AddDays(1)));
        Assert.Null(cost.EstimatedAiCredits);
        Assert.Null(cost.BilledGrossNanoCredits);
    }

    [Fact]
    public async Task A_known_0_stays_0_and_never_becomes_unknown()
    {
        var days = await Storage.OpenDaysAsync();
        var unknown = SomeDay.Unknown();
        var zero = unknown with
        {
            Totals = new DayTotals(0m, 0, 0, 0, 0, 0, 0),
            DailyCosts =
            [
                unknown.DailyCosts[0] with
                {
                    EstimatedAiCredits = 0m, BilledGrossNanoCredits = 0, BilledNetNanoCredits = 0,
                },
            ],
        };

        await days.StoreAsync(zero, Token);

        await AssertStoredAsync(days, zero, revision: 1);
    }

    [Fact]
    public async Task The_same_input_writes_nothing()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of(), Token);
        var writes = 0;
        Storage.BeforeWrite = () => writes++;

        Assert.False(await days.StoreAsync(SomeDay.Of() with { ReconciledAt = Some.Time.AddDays(9) }, Token));
        Assert.False(await days.StoreAsync(SomeDay.Of(shares: 8, firstNanoCredits: 99), Token));

        Assert.Equal(0, writes);
        await AssertStoredAsync(days, SomeDay.Of(), revision: 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(12)]
    public async Task Another_input_is_the_next_revision_and_its_rows_alone_are_read(int shares)
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of(shares: 6), Token);
        var next = SomeDay.Of("h2", shares, 1000);

        Assert.True(await days.StoreAsync(next, Token));

        await AssertStoredAsync(days, next, revision: 2);
    }

    [Fact]
    public async Task An_input_that_goes_back_to_what_it_was_is_a_revision_too()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of("a", 4), Token);
        await days.StoreAsync(SomeDay.Of("b", 6), Token);

        Assert.True(await days.StoreAsync(SomeDay.Of("a", 4), Token));

        await AssertStoredAsync(days, SomeDay.Of("a", 4), revision: 3);
    }

    [Fact]
    public async Task A_day_that_holds_nothing_any_more_is_a_revision_without_rows()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of(), Token);
        var nothing = SomeDay.Unknown("nothing") with { DailyCosts = [] };

        Assert.True(await days.StoreAsync(nothing, Token));
        Assert.False(await days.StoreAsync(nothing, Token));

        await AssertStoredAsync(days, nothing, revision: 2);
    }

    [Fact]
    public async Task A_day_may_have_1200_shares()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of("h0", shares: 1000, firstNanoCredits: 5000), Token);
        var large = SomeDay.Of(shares: 1200);

        await days.StoreAsync(large, Token);

        await AssertStoredAsync(days, large, revision: 2);
    }

    [Fact]
    public async Task An_accounts_day_leaves_other_accounts_and_days_alone()
    {
        var days = await Storage.OpenDaysAsync();
        var other = new BillingAccount("github", BillingAccountKind.Enterprise, "Acme");
        ReconciledDay[] all =
        [
            SomeDay.Of(firstNanoCredits: 10), SomeDay.Of(firstNanoCredits: 20, account: other),
            SomeDay.Of(firstNanoCredits: 30, day: Some.Day.AddDays(1)),
        ];
        foreach (var day in all)
            await days.StoreAsync(day, Token);

        await days.StoreAsync(SomeDay.Of("h2", 2, 40), Token);

        await AssertStoredAsync(days, all[1], revision: 1);
        await AssertStoredAsync(days, all[2], revision: 1);
        await AssertStoredAsync(days, SomeDay.Of("h2", 2, 40), revision: 2);
    }

    [Fact]
    public async Task An_account_is_one_in_any_case()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Of(), Token);
        var shouted = Some.Account with { Name = "ACME" };

        Assert.False(await days.StoreAsync(SomeDay.Of(account: shouted), Token));
        Assert.Equal(1, (await days.FindAsync(shouted, Some.Day, Token))!.Revision);
        Assert.Equal(4, (await SharesAsync(days, shouted, Some.Day)).Count);
    }

    [Fact]
    public async Task Heads_are_read_over_the_end_of_a_month_by_day_then_account()
    {
        var days = await Storage.OpenDaysAsync();
        var other = new BillingAccount("anthropic", BillingAccountKind.Organization, "Zeta");
        await FillAsync(days, Some.Account, other);

        async Task<List<string>> ReadAsync(BillingAccount? account, DateOnly from, DateOnly to) => await days
            .ReadAsync(account, from, to, Token)
            .Select(head => $"{head.Settlement.Day:MM-dd} {head.Settlement.Account.Name}").ToListAsync(Token);

        Assert.Equal(
            ["11-30 Zeta", "11-30 Acme", "12-01 Zeta", "12-01 Acme"],
            await ReadAsync(null, new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 31)));
        Assert.Equal(
            ["12-01 Acme", "12-31 Acme", "01-01 Acme"],
            await ReadAsync(Some.Account, new DateOnly(2026, 12, 1), new DateOnly(2027, 1, 2)));
        Assert.Equal(["12-31 Zeta"], await ReadAsync(other, new DateOnly(2026, 12, 2), new DateOnly(2027, 1, 1)));
        Assert.Empty(await ReadAsync(null, new DateOnly(2026, 12, 2), new DateOnly(2026, 12, 31)));
        Assert.Empty(await ReadAsync(null, new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 1)));
    }

    [Fact]
    public async Task Daily_costs_are_read_over_the_end_of_a_month_by_day_then_account_then_key()
    {
        var days = await Storage.OpenDaysAsync();
        await FillAsync(days, Some.Account, new BillingAccount("anthropic", BillingAccountKind.Organization, "Zeta"));

        var costs = await CostsAsync(days, new DateOnly(2026, 11, 30), new DateOnly(2026, 12, 31));

        Assert.Equal(2 * 2 * 3, costs.Count);
        Assert.Equal(
            costs.OrderBy(row => row.Day).ThenBy(row => row.Account.Key, StringComparer.Ordinal)
                .ThenBy(row => row.Key, StringComparer.Ordinal),
            costs);
        Assert.Equal(6, (await CostsAsync(days, new DateOnly(2027, 1, 1), new DateOnly(2027, 2, 1))).Count);
    }

    [Fact]
    public async Task Shares_of_one_run_are_those_of_all_its_attempts()
    {
        var days = await Storage.OpenDaysAsync();
        var share = SomeDay.Share(0, 1, 5);
        RunKey[] runs =
        [
            new("github.com", 7, 1), new("github.com", 7, 2), new("github.com", 70, 1), new("octo.ghe.com", 7, 1),
        ];
        await days.StoreAsync(
            SomeDay.Of("h0") with { Shares = [.. runs.Select(run => share with { Run = run, GrossNanoCredits = 9 })] },
            Token);
        var day = SomeDay.Of() with
        {
            Shares =
            [
                .. runs.Select(run => share with { Run = run }), share with { ChargeId = "charge-2", Run = runs[0] },
            ],
        };
        await days.StoreAsync(day, Token);

        async Task<List<ShareRow>> ReadAsync(string host, long runId) => await days
            .ReadSharesAsync(Some.Account, Some.Day, (host, runId), Token).ToListAsync(Token);

        Assert.Equal([day.Shares[0], day.Shares[1], day.Shares[4]], await ReadAsync("github.com", 7));
        Assert.Equal([day.Shares[3]], await ReadAsync("octo.ghe.com", 7));
        Assert.Empty(await ReadAsync("github.com", 8));
    }

    [Fact]
    public async Task Every_state_method_grade_and_reason_comes_back_as_itself()
    {
        var days = await Storage.OpenDaysAsync();
        var share = SomeDay.Share(0, 1, 5);
        foreach (var (status, at) in Enum.GetValues<SettlementStatus>().Select((status, at) => (status, at)))
        {
            var settled = SomeDay.Of(day: Some.Day.AddDays(at));
            var day = settled with
            {
                Settlement = settled.Settlement with { Status = status },
                Shares =
                [
                    .. Enum.GetValues<AllocationMethod>().Select((method, run) => share with
                    {
                        Run = new RunKey("github.com", 1 + run, 1), Method = method,
                    }),
                    .. Enum.GetValues<Confidence>().Select((confidence, run) => share with
                    {
                        Run = new RunKey("github.com", 100 + run, 1), Confidence = confidence,
                    }),
                    .. Enum.GetValues<Phase>().Select(phase => share with
                    {
                        Run = new RunKey("github.com", 200, 1), Phase = phase,
                    }),
                    .. Enum.GetValues<Purpose>().Select(purpose => share with
                    {
                        Run = new RunKey("github.com", 300, 1), Purpose = purpose,
                    }),
                ],
                Unallocated =
                [
                    .. Enum.GetValues<UnallocatedReason>().Select(reason => new UnallocatedRow("c", reason, "", 1, 1)),
                ],
            };

            await days.StoreAsync(day, Token);

            await AssertStoredAsync(days, day, revision: 1);
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Names_of_a_day_may_be_any_text(string text)
    {
        var days = await Storage.OpenDaysAsync();
        var account = new BillingAccount("github", BillingAccountKind.Organization, text);
        var plain = SomeDay.Of(account: account);
        var run = new RunKey("github.com", 7, 1);
        var hostile = plain with
        {
            InputHash = text,
            Shares =
            [
                plain.Shares[0] with
                {
                    ChargeId = text, Run = run, Repository = text, WorkflowPath = text, Channel = new Channel(text),
                    Model = text, ServiceTier = text, ContextBand = text, Reasons = text,
                },
            ],
            Unallocated = [plain.Unallocated[0] with { ChargeId = text, Runs = text }],
            DailyCosts =
            [
                plain.DailyCosts[0] with
                {
                    Component = text, Repository = text, WorkflowPath = text, WorkflowName = text,
                    Channel = new Channel(text), Model = text,
                },
            ],
        };
        await days.StoreAsync(SomeDay.Of(), Token);

        Assert.True(await days.StoreAsync(hostile, Token));
        Assert.False(await days.StoreAsync(hostile, Token));

        await AssertStoredAsync(days, hostile, revision: 1);
        await AssertStoredAsync(days, SomeDay.Of(), revision: 1);
        Assert.Equal(text, (await days.FindAsync(account, Some.Day, Token))!.Settlement.Account.Name);
    }

    [Fact]
    public async Task Long_names_that_differ_at_their_ends_are_rows_of_their_own()
    {
        var days = await Storage.OpenDaysAsync();
        var (one, other) = Hostile.LongTwins;
        var plain = SomeDay.Of();
        var twins = plain with
        {
            Shares = [plain.Shares[0] with { Model = one }, plain.Shares[0] with { Model = other }],
            Unallocated =
                [plain.Unallocated[0] with { ChargeId = one }, plain.Unallocated[0] with { ChargeId = other }],
            DailyCosts = [plain.DailyCosts[0] with { Model = one }, plain.DailyCosts[0] with { Model = other }],
        };

        await days.StoreAsync(twins, Token);

        await AssertStoredAsync(days, twins, revision: 1);
    }

    [Fact]
    public async Task The_largest_figures_and_15_decimals_are_kept_exactly()
    {
        var days = await Storage.OpenDaysAsync();
        const long Max = long.MaxValue;
        const long Min = long.MinValue;
        var plain = SomeDay.Of();
        var extreme = plain with
        {
            Totals = new DayTotals(98765432109876.123456789012345m, Max, Min, Max - 1, Min + 1, int.MaxValue, Max),
            Shares =
            [
                plain.Shares[0] with
                {
                    Run = new RunKey("github.com", Max, int.MaxValue), GrossNanoCredits = Max, NetNanoCredits = Min,
                    LowNanoCredits = Min, HighNanoCredits = 9_007_199_254_740_993,
                },
            ],
            Unallocated = [plain.Unallocated[0] with { GrossNanoCredits = Min, NetNanoCredits = Max }],
            DailyCosts =
            [
                plain.DailyCosts[0] with
                {
                    Runs = int.MaxValue, Requests = Max, UnpricedRequests = Max,
                    Tokens = new TokenCounts(Max, Max - 1, Max - 2, 9_007_199_254_740_993, 0, Max),
                    EstimatedAiCredits = 0.000000000000001m, BilledGrossNanoCredits = Max, BilledNetNanoCredits = Min,
                },
            ],
        };

        await days.StoreAsync(extreme, Token);

        await AssertStoredAsync(days, extreme, revision: 1);
    }

    private static async Task FillAsync(IDayLedger days, params BillingAccount[] accounts)
    {
        foreach (var day in new DateOnly[] { new(2027, 1, 1), new(2026, 12, 31), new(2026, 12, 1), new(2026, 11, 30) })
        {
            foreach (var account in accounts)
                await days.StoreAsync(SomeDay.Of(day: day, account: account), Token);
        }
    }
}
