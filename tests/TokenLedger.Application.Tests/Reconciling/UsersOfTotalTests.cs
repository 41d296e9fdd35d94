using TokenLedger.Application.Configuration;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Tests.Reconciling;

public sealed class UsersOfTotalTests
{
    private static readonly BillingAccount Acme = new("github", BillingAccountKind.Organization, "acme");
    private static readonly DateTimeOffset First = new(2026, 11, 5, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Second = First.AddDays(1);

    [Fact]
    public async Task In_any_order_of_the_looks_only_the_users_of_the_newest_total_are_taken_from_it()
    {
        Observation[] looks =
        [
            Look("user=alice", First, 50), Look("user=bob", First, 20), Look("", First, 100),
            Look("user=alice", Second, 60), Look("", Second, 120),
        ];

        Observation[][] orders =
            [looks, [.. looks.Reverse()], [.. looks[3..], .. looks[..3]], [looks[4], .. looks[..4]]];
        foreach (var order in orders)
            Assert.Equal(["alice 60", "nobody 60"], await BasisOfAsync(order));
    }

    [Fact]
    public async Task Users_that_were_kept_without_their_total_leave_the_total_before_to_its_own_users() =>
        Assert.Equal(
            ["alice 50", "nobody 50"],
            await BasisOfAsync(Look("user=alice", First, 50), Look("", First, 100), Look("user=alice", Second, 90)));

    [Fact]
    public async Task A_total_that_could_not_be_read_whole_leaves_the_one_before_to_its_own_users() =>
        Assert.Equal(
            ["alice 50", "nobody 50"],
            await BasisOfAsync(
                Look("user=alice", First, 50), Look("", First, 100), Look("user=alice", Second, 60),
                Look("", Second, 70) with { IsIncomplete = true }));

    [Fact]
    public async Task What_could_not_be_read_of_a_user_is_not_called_nobodys() =>
        Assert.Equal(
            ["anybody 120"],
            await BasisOfAsync(
                Look("user=alice", First, 50), Look("", First, 100),
                Look("user=alice", Second, 10) with { IsIncomplete = true }, Look("", Second, 120)));

    [Fact]
    public async Task A_total_without_users_of_its_own_counts_alone_and_is_contradicted_by_none() =>
        Assert.Equal(
            ["anybody 40"],
            await BasisOfAsync(Look("user=alice", First, 50), Look("", First, 100), Look("", Second, 40)));

    [Fact]
    public async Task Without_a_total_the_newest_of_each_user_are_parts_of_the_bill() =>
        Assert.Equal(
            ["alice 50", "bob 20"], await BasisOfAsync(Look("user=alice", First, 50), Look("user=bob", Second, 20)));

    private static async Task<IReadOnlyList<string>> BasisOfAsync(params Observation[] looks)
    {
        await using var place = new Workplace();
        foreach (var look in looks)
            await place.Store.StoreObservationAsync(look, Workplace.Token);
        var period = await new ReconcilePeriod(
            place.Store, place.Days, Workplace.Prices, new LedgerConfiguration())
            .ExecuteAsync(
                ReconciliationScope.WholeLedger, Workplace.Day, Workplace.Day.AddDays(1), Second, Workplace.Token);
        var day = Assert.Single(period!.Days);
        Assert.DoesNotContain(day.Notices, notice => notice.Code is "views-disagree" or "users-exceed-total");
        return
        [
            .. day.Charges
                .Where(row => row.Role == ChargeRole.Basis)
                .Select(row => FormattableString.Invariant(
                    $"{NameOf(row.Charge.Dimensions.User)} {row.Charge.GrossNanoCredits / 1_000_000_000}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string NameOf(Dimension user) => user.State switch
    {
        DimensionState.Value => user.Text!,
        DimensionState.Nobody => "nobody",
        _ => "anybody",
    };

    private static Observation Look(string filter, DateTimeOffset at, long credits)
    {
        var user = filter.Length == 0 ? null : filter.Split('=')[1];
        var charge = new Charge
        {
            Id = "c-" + filter,
            Account = Acme,
            View = BillView.AiCreditUsage,
            Day = Workplace.Day,
            Channel = Channel.Copilot,
            Family = SkuFamily.AiCredits,
            Category = ChargeCategory.AgentOrPeople,
            Product = "copilot",
            Sku = "copilot_ai_credit",
            Dimensions = user is null ? new ChargeDimensions() : new ChargeDimensions { User = Dimension.Value(user) },
            GrossNanoCredits = credits * 1_000_000_000,
        };
        return new Observation(
            Acme, BillView.AiCreditUsage, Workplace.Day, filter, at, $"{filter} {credits}", charge.GrossNanoCredits,
            $"{filter} {at:O}", [charge]);
    }
}
