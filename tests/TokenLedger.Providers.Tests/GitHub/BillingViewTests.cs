using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub;
using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class BillingViewTests : IAsyncLifetime
{
    private const string Enterprise = "enterprises/acme-inc";

    private static readonly DateOnly Day = new(2026, 11, 18);

    private readonly StoppedClock clock = new(new DateTimeOffset(2026, 11, 19, 6, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<BillView, IBillingSource> providers = [];
    private readonly GitHubConnection connection;
    private FakeGitHub github = null!;

    public BillingViewTests() => connection = new GitHubConnection(
        clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1), RequestsAtOnceMax = 3 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => github = await FakeGitHub.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await github.DisposeAsync();
    }

    public static TheoryData<string, string> Accounts() => new()
    {
        { "organizations/acme", "github:organization:acme" },
        { "enterprises/acme", "github:enterprise:acme" },
        { "users/octo-admin", "github:user:octo-admin" },
    };

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task Every_view_of_every_account_tells_day_account_and_money_by_itself(string path, string account)
    {
        var day = new DateOnly(2026, 5, 18);
        github.Bills.Add(
            path, FakeCharge.AiCredits(day, "Claude Sonnet 5", 120.5m), FakeCharge.PremiumRequests(day, "GPT-5 mini", 10),
            FakeCharge.ActionsMinutes(day, "acme/webshop", 100));
        var source = SourceOf(path);

        foreach (var (view, gross) in new[]
        {
            (BillView.AiCreditUsage, 120_500_000_000L), (BillView.PremiumRequestUsage, 40_000_000_000),
            (BillView.Usage, 220_500_000_000), (BillView.UsageSummary, 220_500_000_000),
        })
        {
            var answer = await Provider(view).FetchAsync(source, day, Token);

            var bill = Assert.Single(Read(answer));
            Assert.Equal((account, day, view, ""), (bill.Account.Key, bill.Day, bill.View, bill.Filter));
            Assert.Equal(gross, bill.Charges.Sum(charge => charge.GrossNanoCredits));
            Assert.Equal("", Provider(view).FilterOf(source));
        }
    }

    [Fact]
    public async Task Actions_minutes_are_a_family_of_their_own_beside_the_credits()
    {
        github.Bills.Add(
            "organizations/acme", FakeCharge.AiCredits(Day, "Claude Sonnet 5", 3),
            FakeCharge.ActionsMinutes(Day, "acme/webshop", 100));

        var bill = Assert.Single(Read(await Provider(BillView.Usage).FetchAsync(
            SourceOf("organizations/acme"), Day, Token)));

        Assert.Equal(
            [(SkuFamily.AiCredits, "NotNamed"), (SkuFamily.ActionsMinutes, "acme/webshop")],
            bill.Charges.OrderBy(charge => charge.Family).Select(charge =>
                (charge.Family, charge.Dimensions.Repository is { IsNamed: true, Text: { } name } ? name : "NotNamed")));
    }

    [Fact]
    public void Premium_requests_are_asked_for_only_of_days_before_AI_credits()
    {
        var provider = Provider(BillView.PremiumRequestUsage);

        Assert.True(provider.Covers(SourceOf("organizations/acme"), new DateOnly(2026, 5, 31)));
        Assert.False(provider.Covers(SourceOf("organizations/acme"), new DateOnly(2026, 6, 1)));
        Assert.True(Provider(BillView.Usage).Covers(SourceOf("organizations/acme"), Day));
    }

    [Fact]
    public async Task An_enterprises_usage_is_asked_without_and_for_each_active_cost_centre_and_is_whole()
    {
        AddCostCenters();

        var answer = await Provider(BillView.Usage).FetchAsync(SourceOf(Enterprise), Day, Token);

        Assert.Equal(4, answer.Questions);
        Assert.Equal(4, github.Requests.Count);
        var bill = Assert.Single(Read(answer));
        Assert.Equal(("", 600_000_000_000L), (bill.Filter, bill.Charges.Sum(charge => charge.GrossNanoCredits)));
        Assert.Equal(
            ["", "Platform", "R&D"],
            bill.Charges.Select(charge => charge.Dimensions.CostCenter.Text ?? "").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cost_centres_are_listed_once_for_many_days()
    {
        AddCostCenters();
        var provider = Provider(BillView.Usage);

        await provider.FetchAsync(SourceOf(Enterprise), Day, Token);
        Assert.Equal(3, provider.QuestionsFor(SourceOf(Enterprise)));
        var second = await provider.FetchAsync(SourceOf(Enterprise), Day.AddDays(-1), Token);

        Assert.Equal(3, second.Questions);
        Assert.Single(github.Requests, request => request.Target.Contains("cost-centers"));
    }

    [Fact]
    public async Task A_cost_centre_that_is_refused_leaves_nothing_of_the_day()
    {
        AddCostCenters();
        github.Misbehave(new ProviderFault { Path = "cost_center_id", Status = 500, Body = "", Times = 1 });

        var answer = await Provider(BillView.Usage).FetchAsync(SourceOf(Enterprise), Day, Token);

        Assert.Equal("unavailable", answer.Refusal!.Code);
        Assert.Empty(answer.Documents);
    }

    [Theory]
    [InlineData(BillView.AiCreditUsage)]
    [InlineData(BillView.Usage)]
    [InlineData(BillView.UsageSummary)]
    public async Task A_configured_cost_centre_is_found_by_its_name_and_asked_for_alone(BillView view)
    {
        AddCostCenters();
        var source = SourceOf(Enterprise) with { CostCenter = "platform" };

        var answer = await Provider(view).FetchAsync(source, Day, Token);

        var bill = Assert.Single(Read(answer));
        Assert.Equal(("costCenter=platform", 200_000_000_000L), (bill.Filter, bill.Charges.Sum(charge => charge.GrossNanoCredits)));
        Assert.Equal("costCenter=platform", Provider(view).FilterOf(source));
        Assert.All(bill.Charges, charge => Assert.Equal("Platform", charge.Dimensions.CostCenter.Text));
    }

    [Theory]
    [InlineData("Nowhere")]
    [InlineData("Old")]
    public async Task A_cost_centre_that_is_not_there_is_said_to_be_none(string name)
    {
        AddCostCenters();
        github.Bills.AddCostCenter(Enterprise, "Old", isActive: false);

        var refusal = (await Provider(BillView.AiCreditUsage).FetchAsync(
            SourceOf(Enterprise) with { CostCenter = name }, Day, Token)).Refusal!;

        Assert.Equal("not-found", refusal.Code);
        Assert.Contains(name, refusal.Message);
    }

    [Theory]
    [InlineData("""{"costCenters":[{"id":"1"}]}""", "without id or name")]
    [InlineData("""{"costCenters":{}}""", "no cost centres")]
    [InlineData("<html>", "no cost centres")]
    public async Task A_list_of_cost_centres_that_cannot_be_read_is_a_refusal(string body, string reason)
    {
        github.Misbehave(new ProviderFault { Path = "cost-centers", Body = body });

        var refusal = (await Provider(BillView.Usage).FetchAsync(SourceOf(Enterprise), Day, Token)).Refusal!;

        Assert.Equal("malformed", refusal.Code);
        Assert.Contains(reason, refusal.Message);
    }

    [Fact]
    public async Task Users_are_asked_one_by_one_with_the_total_which_is_kept_last()
    {
        var source = AddUsers();
        var provider = Provider(BillView.AiCreditUsage);

        var answer = await provider.FetchAsync(source, Day, Token);

        Assert.Equal((3, 3), (answer.Questions, provider.QuestionsFor(source)));
        Assert.Equal(
            ["user=alice", "user=bob-corp", ""],
            answer.Documents.SelectMany(document => Read(document)).Select(bill => bill.Filter));
        Assert.Equal(
            [70_000_000_000, 0, 100_000_000_000],
            Read(answer).Select(bill => bill.Charges.Sum(charge => charge.GrossNanoCredits)));
    }

    [Theory]
    [InlineData("user=Alice")]
    [InlineData("day=18")]
    public async Task Of_users_and_their_total_all_are_kept_or_none(string path)
    {
        var source = AddUsers();
        github.Misbehave(new ProviderFault { Path = path, Status = 404, Body = "{}", Times = 1 });

        var answer = await Provider(BillView.AiCreditUsage).FetchAsync(source, Day, Token);

        Assert.Empty(answer.Documents);
        Assert.Equal("not-found", answer.Refusal!.Code);
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_are_allowed()
    {
        github.Add("organizations/acme");
        var users = Enumerable.Range(0, 20).Select(number => $"user-{number}").ToList();

        var answer = await Provider(BillView.AiCreditUsage).FetchAsync(
            SourceOf("organizations/acme") with { Users = users }, Day, Token);

        Assert.Equal(21, answer.Questions);
        Assert.InRange(github.Limits.MostAtOnce, 1, 3);
    }

    [Fact]
    public async Task A_users_bill_is_told_to_that_user_alone()
    {
        github.Add("users/somebody");

        var refusal = (await Provider(BillView.AiCreditUsage).FetchAsync(
            SourceOf("users/somebody"), Day, Token)).Refusal!;

        Assert.Equal("not-found", refusal.Code);
        Assert.Contains("that user's own", refusal.Message);
    }

    [Fact]
    public async Task An_amount_that_is_no_number_makes_the_day_incomplete_and_not_smaller()
    {
        AddCostCenters();
        github.Misbehave(new ProviderFault
        {
            Path = "cost_center_id",
            Times = 1,
            Body = """
                {"usageItems":[{"date":"2026-11-18","product":"Copilot","sku":"Copilot AI Credits","quantity":1,"unitType":"ai-credits","grossAmount":"much","organizationName":"acme"}]}
                """,
        });

        var bill = Assert.Single(Read(await Provider(BillView.Usage).FetchAsync(SourceOf(Enterprise), Day, Token)));

        Assert.True(bill.IsIncomplete);
        Assert.Equal("", bill.Filter);
    }

    [Theory]
    [InlineData(BillView.AiCreditReport)]
    [InlineData(BillView.DetailedReport)]
    public void A_view_without_an_endpoint_is_asked_of_nobody(BillView view) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GitHubBillingSource(connection, view));

    private static List<DayBill> Read(BillAnswer answer)
    {
        Assert.Null(answer.Refusal);
        return [.. answer.Documents.SelectMany(Read)];
    }

    private static IReadOnlyList<DayBill> Read(BillDocument document) => BillReader.Read(
        document.Content, document.Name, new BillHints(), PriceBookReader.Shipped().Names).Days;

    private IBillingSource Provider(BillView view) =>
        providers.TryGetValue(view, out var known) ? known : providers[view] = new GitHubBillingSource(connection, view);

    private void AddCostCenters()
    {
        github.Bills.AddCostCenter(Enterprise, "Platform");
        github.Bills.AddCostCenter(Enterprise, "R&D");
        github.Bills.Add(
            Enterprise,
            FakeCharge.AiCredits(Day, "Claude Sonnet 5", 100) with { Organization = "acme" },
            FakeCharge.AiCredits(Day, "Claude Sonnet 5", 200) with { Organization = "acme", CostCenter = "Platform" },
            FakeCharge.AiCredits(Day, "Claude Sonnet 5", 300) with { Organization = "acme", CostCenter = "R&D" });
    }

    private SourceConfiguration AddUsers()
    {
        github.Bills.Add(
            "organizations/acme",
            FakeCharge.AiCredits(Day, "Claude Sonnet 5", 70) with { User = "Alice" },
            FakeCharge.AiCredits(Day, "Claude Sonnet 5", 30));
        return SourceOf("organizations/acme") with { Users = ["Alice", "bob-corp"] };
    }

    private SourceConfiguration SourceOf(string path)
    {
        var (kind, name) = (path.Split('/')[0], path.Split('/')[1]);
        return new SourceConfiguration
        {
            Name = name,
            Kind = "github",
            Organization = kind == "organizations" ? name : null,
            Enterprise = kind == "enterprises" ? name : null,
            User = kind == "users" ? name : null,
            ApiUrl = github.Url,
            Token = new Secret(github.Token),
        };
    }
}
