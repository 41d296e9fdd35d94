using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.IncludedCredits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Tests.Reconciliation;

namespace TokenLedger.Domain.Tests.IncludedCredits;

public sealed class IncludedSpreadTests
{
    [Fact]
    public void The_first_charge_of_a_month_is_no_longer_free()
    {
        var nets = IncludedSpread.NetsOf([Charge("a", 100, 0), Charge("b", 100, 0), Charge("c", 200, 100)])!;

        Assert.Equal([("a", 25L), ("b", 25L), ("c", 50L)], Ordered(nets));
    }

    [Fact]
    public void Refunds_and_charges_of_nothing_keep_their_net()
    {
        var nets = IncludedSpread.NetsOf([Charge("a", 100, 50), Charge("b", -40, -10), Charge("c", 0, 0)])!;

        Assert.Equal([("a", 50L), ("b", -10L), ("c", 0L)], Ordered(nets));
    }

    [Fact]
    public void One_unknown_net_leaves_the_month_as_it_is() =>
        Assert.Null(IncludedSpread.NetsOf([Charge("a", 100, 50), Charge("b", 40, null)]));

    [Fact]
    public void Nets_add_up_to_what_they_were_whatever_the_order_and_none_is_over_its_gross() => Prop.ForAll(
        Arb.From(Gen.Choose(-1_000, 100_000).Two().ListOf()), amounts =>
        {
            var charges = amounts
                .Select((pair, at) => Charge($"{at:000}", pair.Item1, pair.Item1 <= 0 ? pair.Item1 : pair.Item2 % (pair.Item1 + 1)))
                .ToList();
            var nets = IncludedSpread.NetsOf(charges)!;
            return nets.Values.Sum() == charges.Sum(charge => charge.NetNanoCredits)
                && Ordered(nets).SequenceEqual(Ordered(IncludedSpread.NetsOf(Enumerable.Reverse(charges))!))
                && charges.TrueForAll(charge => nets[charge.Id] <= charge.GrossNanoCredits || charge.NetNanoCredits < 0
                    || charges.Exists(other => other.NetNanoCredits < 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spread_nets_take_the_place_of_the_bills_own_and_shares_add_up_to_them()
    {
        var day = new Scenario().Run(1, 30).Bill(60).Build();
        var own = Assert.Single(DayReconciler.Reconcile(day).Charges).Charge;

        var result = DayReconciler.Reconcile(day with
        {
            SpreadNetNanoCredits = new Dictionary<string, long> { [own.Id] = 7 },
        });

        var charge = Assert.Single(result.Charges).Charge;
        Assert.Equal(7, charge.NetNanoCredits);
        Assert.Equal(own.GrossNanoCredits, charge.GrossNanoCredits);
        Assert.Equal(
            7, result.Shares.Sum(share => share.NetNanoCredits) + result.Unallocated.Sum(part => part.NetNanoCredits));
    }

    private static IEnumerable<(string, long)> Ordered(IReadOnlyDictionary<string, long> nets) =>
        nets.OrderBy(net => net.Key, StringComparer.Ordinal).Select(net => (net.Key, net.Value));

    private static Charge Charge(string id, long gross, long? net) =>
        new Scenario().Bill(1).Build().Observations[0].Charges[0] with
        {
            Id = id, GrossNanoCredits = gross, NetNanoCredits = net,
        };
}
