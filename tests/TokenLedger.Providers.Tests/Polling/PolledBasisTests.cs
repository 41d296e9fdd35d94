using TokenLedger.Application.Configuration;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Billing;

namespace TokenLedger.Providers.Tests.Polling;

public sealed class PolledBasisTests : IAsyncLifetime
{
    private static readonly DateOnly Yesterday = new(2026, 11, 18);

    private readonly PollWorld world = new();
    private readonly GitHubConnection connection;
    private FakeGitHub github = null!;

    public PolledBasisTests() => connection = new GitHubConnection(
        world.Clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1) });

    public async ValueTask InitializeAsync()
    {
        github = await FakeGitHub.StartAsync(PollWorld.Token);
        world.Providers = [.. GitHubBillingSource.OfAllViews(connection)];
        world.Sources = [Source("acme")];
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await github.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Of_all_views_one_is_the_basis_of_each_family_and_none_is_added_to_another()
    {
        github.Bills.Add("organizations/acme", Money("acme"));

        await world.PollAsync();

        Assert.Equal(3, (await world.LooksAsync("acme")).Count);
        var day = await OnlyDayAsync(ReconciliationScope.WholeLedger);
        Assert.Equal(
            [(BillView.AiCreditUsage, SkuFamily.AiCredits), (BillView.Usage, SkuFamily.ActionsMinutes)],
            BasisOf(day).Select(charge => (charge.View, charge.Family)).Distinct().Order());
        Assert.Equal(1_060, BasisOf(day).Sum(charge => charge.GrossNanoCredits) / 1_000_000_000);
        Assert.DoesNotContain(day.Notices, notice => notice.Code is "views-disagree" or "partial-bill");
    }

    [Fact]
    public async Task An_organisation_configured_beside_its_enterprise_is_billed_once()
    {
        github.Bills.Add("organizations/acme", Money("acme"));
        github.Bills.Add("enterprises/acme-inc", Money("acme"));
        world.Sources = [Source("acme"), Source("acme") with { Name = "inc", Enterprise = "acme-inc" }];

        await world.PollAsync();

        var day = await OnlyDayAsync(ReconciliationScope.WholeLedger);
        Assert.Equal("github:enterprise:acme-inc", day.Account.Key);
        Assert.Equal(1_060, BasisOf(day).Sum(charge => charge.GrossNanoCredits) / 1_000_000_000);
    }

    [Fact]
    public async Task An_enterprises_minutes_stand_on_the_view_that_names_repositories_whole()
    {
        github.Bills.AddCostCenter("enterprises/acme-inc", "Platform");
        github.Bills.Add(
            "enterprises/acme-inc",
            FakeCharge.ActionsMinutes(Yesterday, "acme/a", 100) with { Organization = "acme", CostCenter = "Platform" },
            FakeCharge.ActionsMinutes(Yesterday, "acme/b", 100) with { Organization = "acme" });
        world.Sources = [Source("acme") with { Enterprise = "acme-inc" }];

        await world.PollAsync();

        var day = await OnlyDayAsync(ReconciliationScope.WholeLedger);
        Assert.Equal(
            ["acme/a", "acme/b"],
            BasisOf(day).Where(charge => charge.Family == SkuFamily.ActionsMinutes)
                .Select(charge => charge.Dimensions.Repository.Text).Order());
        Assert.DoesNotContain(day.Notices, notice => notice.Code is "views-disagree" or "partial-bill");
    }

    [Fact]
    public async Task Users_asked_one_by_one_leave_automation_as_the_rest_of_the_total()
    {
        github.Bills.Add(
            "organizations/acme",
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 70) with { User = "alice" },
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 30));
        world.Sources = [Source("acme") with { Users = ["alice"] }];

        await world.PollAsync();

        Assert.Equal(
            [(30L, DimensionState.Nobody), (70, DimensionState.Value)],
            BasisOf(await OnlyDayAsync(ReconciliationScope.WholeLedger))
                .Select(charge => (charge.GrossNanoCredits / 1_000_000_000, charge.Dimensions.User.State)).Order());
    }

    [Fact]
    public async Task Who_is_taken_out_of_the_users_is_part_of_the_rest_of_every_later_total()
    {
        github.Bills.Add(
            "organizations/acme",
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 50) with { User = "alice" },
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 20) with { User = "bob" },
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 30));
        foreach (var (users, nobodys, others) in new[]
        {
            (new[] { "alice", "bob" }, 30L, new[] { 20L, 50L }), (["alice"], 50, [50]), ([], 100, []),
        })
        {
            world.Sources = [Source("acme") with { Users = users }];
            await world.PollAsync();

            var basis = BasisOf(await OnlyDayAsync(ReconciliationScope.WholeLedger));

            Assert.Equal(
                others,
                basis.Where(charge => charge.Dimensions.User.State == DimensionState.Value)
                    .Select(charge => charge.GrossNanoCredits / 1_000_000_000).Order());
            Assert.Equal(100, basis.Sum(charge => charge.GrossNanoCredits) / 1_000_000_000);
            Assert.Contains(basis, charge => charge.GrossNanoCredits == nobodys * 1_000_000_000);
            world.Now = world.Now.AddDays(1);
        }
    }

    [Fact]
    public async Task A_cost_centres_part_is_whole_for_its_own_scope()
    {
        github.Bills.AddCostCenter("enterprises/acme-inc", "Platform");
        github.Bills.Add(
            "enterprises/acme-inc",
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 70) with { CostCenter = "Platform" },
            FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 30));
        world.Sources = [Source("acme") with { Enterprise = "acme-inc", CostCenter = "Platform" }];

        var outcome = await world.PollAsync();

        Assert.All(outcome.Days, day => Assert.Null(day.Refusal));
        Assert.Empty((await world.PollAsync()).Days);
        var day = await OnlyDayAsync(new ReconciliationScope(ScopeKind.Enterprise, "acme-inc", "Platform"));
        Assert.Equal(70, BasisOf(day).Sum(charge => charge.GrossNanoCredits) / 1_000_000_000);
        Assert.DoesNotContain(day.Notices, notice => notice.Code is "views-disagree" or "partial-bill");
    }

    private static FakeCharge[] Money(string organization) =>
    [
        FakeCharge.AiCredits(Yesterday, "Claude Sonnet 5", 1_000) with { Organization = organization },
        FakeCharge.ActionsMinutes(Yesterday, "acme/webshop", 100) with { Organization = organization },
    ];

    private static List<Charge> BasisOf(DayReconciliation day) =>
        [.. day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge)];

    private async Task<DayReconciliation> OnlyDayAsync(ReconciliationScope scope) =>
        Assert.Single((await world.ReconcileAsync(scope, Yesterday, Yesterday.AddDays(1)))!.Days);

    private SourceConfiguration Source(string organization) => PollWorld.SourceOf(organization) with
    {
        ApiUrl = github.Url,
        Token = new Secret(github.Token),
    };
}
