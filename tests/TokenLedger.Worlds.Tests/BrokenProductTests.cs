using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Accounts;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Product;
using TokenLedger.Testing.Worlds.Simulation;
using TokenLedger.Worlds.Tests.Broken;

namespace TokenLedger.Worlds.Tests;

/// <summary>The checks find what is wrong: each test breaks the product in one way.</summary>
public sealed class BrokenProductTests
{
    private static readonly WorldPlan Plan = WorldPlan.Of(3) with
    {
        Imports = [],
        HasFaults = false,
        UnreadableDay = null,
        PollsOrganizationsToo = false,
    };

    [Fact]
    public async Task A_sound_product_passes() =>
        Assert.Empty(await FaultsAsync(Plan, Tampering.None));

    [Fact]
    public async Task A_row_that_is_lost_on_the_way_is_missed() => AssertFinds(
        "final bill: ",
        await FaultsAsync(Plan, new Tampering
        {
            Source = source => new BrokenSource(source, BrokenSource.WithoutFirstRow),
        }));

    [Fact]
    public async Task A_closed_day_without_a_row_is_not_final() => AssertFinds(
        "closed is final: ",
        await FaultsAsync(Plan, new Tampering
        {
            Source = source => new BrokenSource(source, BrokenSource.WithoutFirstRow),
        }));

    [Fact]
    public async Task A_look_whose_rows_are_counted_twice_is_found() => AssertFinds(
        "final bill: ",
        await FaultsAsync(Plan, new Tampering
        {
            Store = store => new BrokenStore(store, (_, look) => look with
            {
                Charges =
                [
                    .. look.Charges,
                    .. look.Charges.Select(charge => charge with { Id = charge.Id + "-again" }),
                ],
            }),
        }));

    [Fact]
    public async Task Organisations_that_nobody_knows_to_be_the_enterprises_are_billed_twice()
    {
        var nested = Plan with
        {
            Wallet = new WorldWallet("acme-inc", ["acme", "acme-labs"], new Dictionary<string, string>(), ["alice"]),
            PollsOrganizationsToo = true,
        };
        Assert.Empty(await FaultsAsync(nested, Tampering.None));
        var faults = await FaultsAsync(nested, new Tampering
        {
            Configuration = configuration => configuration with
            {
                Sources = [.. configuration.Sources.Select(source => source with { PaysOrganizations = [] })],
            },
        });
        AssertFinds("on the way: billed twice", faults);
        AssertFinds("final bill: ", faults);
    }

    [Fact]
    public async Task A_share_that_grew_by_a_nano_credit_is_found() => AssertFinds(
        "stored: ",
        await FaultsAsync(Plan, new Tampering
        {
            Days = days => new BrokenDays(days)
            {
                Storing = day => day with
                {
                    Shares = [.. day.Shares.Select((share, i) => i > 0 ? share : share with
                    {
                        GrossNanoCredits = share.GrossNanoCredits + 1,
                    })],
                },
            },
        }));

    [Fact]
    public async Task A_day_that_settles_at_its_first_look_is_found() => AssertFinds(
        "on the way: settled early",
        await FaultsAsync(Plan, new Tampering
        {
            Days = days => new BrokenDays(days)
            {
                Storing = day => day.Settlement.Status != SettlementStatus.Provisional ? day : day with
                {
                    Settlement = day.Settlement with { Status = SettlementStatus.Settled },
                },
            },
        }));

    [Fact]
    public async Task Figures_that_change_without_a_revision_are_found()
    {
        var reads = 0;
        AssertFinds("on the way: as-of", await FaultsAsync(Plan, new Tampering
        {
            Days = days => new BrokenDays(days)
            {
                Reading = head => head with { Totals = head.Totals with { UnpricedRequests = reads++ } },
            },
        }));
    }

    [Fact]
    public async Task A_poll_that_forgets_its_last_looks_asks_for_ever() => AssertFinds(
        "every day ends: ",
        await FaultsAsync(Plan, new Tampering
        {
            Store = store => new BrokenStore(store, (account, look) =>
                account is not null && look.ObservedAt >= WorldPlan.ClosesAt(look.Day) ? null : look),
        }));

    [Fact]
    public async Task A_correction_that_is_not_announced_is_found() => AssertFinds(
        "as-of: ",
        await FaultsAsync(Plan, new Tampering
        {
            Days = days => new BrokenDays(days)
            {
                Storing = day => day with { Change = day.Change with { Kind = RevisionKind.Confirmation } },
            },
        }));

    private static void AssertFinds(string check, IReadOnlyList<string> faults) => Assert.Contains(
        faults, fault => fault.StartsWith(check, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> FaultsAsync(WorldPlan plan, Tampering tampering) =>
        await WorldChecks.FaultsOfAsync(await WorldSimulation.RunAsync(World.Of(plan), tampering: tampering));
}
