using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.Tests.Charges;

public sealed class DimensionTests
{
    [Fact]
    public void A_dimension_is_not_named_nobody_or_a_value()
    {
        Assert.Equal(Dimension.NotNamed, default);
        Assert.Equal(Dimension.NotNamed, Dimension.ValueOrNotNamed("  "));
        Assert.Equal(Dimension.Nobody, Dimension.ValueOrNobody(null));
        Assert.Equal(Dimension.Value("alice"), Dimension.ValueOrNobody(" alice "));
        Assert.Equal(Dimension.Value("web"), Dimension.ValueOrNotNamed(" web "));
        Assert.False(Dimension.NotNamed.IsNamed);
        Assert.True(Dimension.Nobody.IsNamed);
        Assert.Equal("alice", Dimension.Value("alice").Text);
        Assert.Throws<ArgumentException>(() => Dimension.Value(""));
    }

    [Fact]
    public void Not_named_admits_anything_nobody_admits_nothing_and_a_value_admits_itself()
    {
        Assert.True(Dimension.NotNamed.Admits(null));
        Assert.True(Dimension.NotNamed.Admits("x"));
        Assert.False(Dimension.Nobody.Admits("x"));
        Assert.False(Dimension.Nobody.Admits(null));
        Assert.True(Dimension.Value("Alice").Admits("aLICE"));
        Assert.False(Dimension.Value("alice").Admits("bob"));
        Assert.False(Dimension.Value("alice").Admits(null));
    }

    [Fact]
    public void No_value_can_be_mistaken_for_a_state()
    {
        Assert.Equal(["*", "-", "=*", "=-"], new[] { Dimension.NotNamed, Dimension.Nobody, Dimension.Value("*"), Dimension.Value("-") }.Select(d => d.ToString()));
        Assert.Equal(
            [Dimension.NotNamed, Dimension.Nobody, Dimension.Value("a"), Dimension.Value("b")],
            new[] { Dimension.Value("b"), Dimension.Value("a"), Dimension.Nobody, Dimension.NotNamed }.Order());
    }

    [Fact]
    public void A_separator_in_a_value_does_not_join_two_buckets()
    {
        var day = new Reconciliation.Scenario()
            .Bill(1, new ChargeDimensions { Repository = Dimension.Value("a|=b") })
            .Bill(1, new ChargeDimensions { Repository = Dimension.Value("a"), ApiKey = Dimension.Value("b") })
            .Bill(1, new ChargeDimensions { Repository = Dimension.Value("a%7c=b") })
            .Bill(1, new ChargeDimensions { Repository = Dimension.Value("A|=B") })
            .Reconcile();

        Assert.Equal(3, day.Buckets.Count);
    }

    [Fact]
    public void Accounts_are_equal_without_case()
    {
        var acme = new BillingAccount("github", BillingAccountKind.Organization, "Acme");
        var same = new BillingAccount("github", BillingAccountKind.Organization, "acme");
        var enterprise = new BillingAccount("github", BillingAccountKind.Enterprise, "acme");
        Assert.Equal(acme, same);
        Assert.Equal(acme.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(acme, enterprise);
        Assert.False(acme.Equals(null));
        Assert.True(enterprise.CompareTo(acme) < 0);
        Assert.Equal("github:organization:acme", acme.ToString());
    }

    [Theory]
    [InlineData("w", null, null, true)]
    [InlineData("x", null, null, false)]
    [InlineData(null, "p", null, true)]
    [InlineData(null, "x", null, false)]
    [InlineData(null, null, "k", true)]
    [InlineData(null, null, "x", false)]
    [InlineData("w", "p", "k", true)]
    [InlineData("w", "p", "x", false)]
    public void A_scope_covers_rows_that_name_all_it_names(string? workspace, string? project, string? key, bool covers)
    {
        var named = new ChargeDimensions
        {
            Workspace = Dimension.Value("w"), Project = Dimension.Value("p"), ApiKey = Dimension.Value("k"),
            Repository = Dimension.Value("acme/web"), User = Dimension.Nobody,
        };
        Assert.Equal(covers, new ExclusiveScope { Workspace = workspace, Project = project, ApiKey = key }.Covers(named));
        Assert.False(new ExclusiveScope { User = "alice" }.Covers(named));
        Assert.False(new ExclusiveScope { CostCenter = "c" }.Covers(named));
        Assert.False(new ExclusiveScope { Repository = "acme/api" }.Covers(named));
        Assert.True(new ExclusiveScope { Repository = "acme/web" }.Covers(named));
    }
}
