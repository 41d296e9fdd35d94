using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.ActionsMinutes;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.ActionsMinutes;

public sealed class MinutesSplitTests
{
    private const string Triage = ".github/workflows/triage.lock.yml";

    [Fact]
    public void Minutes_beyond_the_known_runs_are_other_jobs() => Assert.Equal(
        [(1L, 30L), (2L, 10L), (0L, 60L)],
        Parts(MinutesSplit.Of([Charge("a", 100, 10)], [Run(1, 3), Run(2, 1)])));

    [Fact]
    public void A_bill_of_fewer_minutes_than_known_is_split_whole() => Assert.Equal(
        [(1L, 75L), (2L, 25L)], Parts(MinutesSplit.Of([Charge("a", 100, 2)], [Run(1, 3), Run(2, 1)])));

    [Fact]
    public void A_workflow_is_served_before_its_repository() => Assert.Equal(
        [(1L, 100L), (2L, 50L), (0L, 50L)],
        Parts(MinutesSplit.Of(
            [Charge("b", 100, 2), Charge("a", 100, 5, Triage)],
            [Run(1, 5) with { WorkflowPath = Triage }, Run(2, 1)])));

    [Fact]
    public void Without_names_minutes_or_quantity_nothing_is_split()
    {
        Assert.Equal([(0L, 9L)], Parts(MinutesSplit.Of([Charge("a", 9, 1, repository: null)], [Run(1, 3)])));
        Assert.Equal([(0L, 9L)], Parts(MinutesSplit.Of([Charge("a", 9, null)], [Run(1, 3)])));
        Assert.Equal(
            [(0L, 9L)], Parts(MinutesSplit.Of([Charge("a", 9, 1)], [Run(1, 3) with { ActionsMinutes = null }])));
        Assert.Equal([(0L, 9L)], Parts(MinutesSplit.Of([Charge("a", 9, 1)], [Run(1, 3, "acme/other")])));
    }

    [Fact]
    public void The_parts_of_every_charge_add_up_to_it_in_any_order() => Check.QuickThrowOnFailure(Prop.ForAll(
        World().ToArbitrary(), world =>
        {
            var split = MinutesSplit.Of(world.Charges, world.Runs);
            var again = MinutesSplit.Of(world.Charges.Reverse(), world.Runs.Reverse().Concat(world.Runs));
            return world.Charges.All(part => split
                    .Where(share => ReferenceEquals(share.Charge, part.Charge))
                    .Sum(share => share.GrossNanoCredits) == part.GrossNanoCredits)
                && split.SequenceEqual(again);
        }));

    private static Gen<((Charge Charge, long GrossNanoCredits)[] Charges, RunFacts[] Runs)> World()
    {
        var charge =
            from gross in Gen.Choose(-500, 5_000)
            from minutes in Gen.Choose(-1, 30)
            from repository in Gen.Elements<string?>(null, "acme/webshop", "acme/other")
            from path in Gen.Elements<string?>(null, Triage)
            select (gross, minutes, repository, path);
        var run =
            from minutes in Gen.Choose(0, 12)
            from repository in Gen.Elements("acme/webshop", "acme/other", "Acme/Webshop")
            from path in Gen.Elements<string?>(null, Triage)
            select (minutes, repository, path);
        return
            from charges in Gen.ArrayOf(charge)
            from runs in Gen.ArrayOf(run)
            select (
                charges.Select((part, i) => Charge(
                    $"c{i:D4}", part.gross, part.minutes, part.path, part.repository)).ToArray(),
                runs.Select((part, i) => Run(i + 1, part.minutes, part.repository) with { WorkflowPath = part.path })
                    .ToArray());
    }

    private static IEnumerable<(long Run, long Gross)> Parts(IEnumerable<MinutesShare> shares) =>
        shares.Select(share => (share.Run?.Key.RunId ?? 0, share.GrossNanoCredits));

    private static RunFacts Run(long id, long minutes, string repository = "acme/webshop") =>
        new(new RunKey("github.com", id, 1), "acme", repository) { ActionsMinutes = minutes };

    private static (Charge Charge, long GrossNanoCredits) Charge(
        string id, long gross, decimal? minutes, string? path = null, string? repository = "acme/webshop") => (
            new Charge
            {
                Id = id,
                Account = new BillingAccount(BillingAccount.GitHub, BillingAccountKind.Organization, "acme"),
                View = BillView.Usage,
                Day = new DateOnly(2026, 11, 18),
                Channel = Channel.Copilot,
                Family = SkuFamily.ActionsMinutes,
                Category = ChargeCategory.ActionsMinutes,
                Dimensions = new ChargeDimensions
                {
                    Repository = Dimension.ValueOrNotNamed(repository),
                    WorkflowPath = Dimension.ValueOrNotNamed(path),
                },
                Quantity = minutes,
                Unit = "minutes",
                GrossNanoCredits = gross,
            },
            gross);
}
