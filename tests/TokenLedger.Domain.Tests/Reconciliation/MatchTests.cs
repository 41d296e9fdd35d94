using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class MatchTests
{
    public static TheoryData<string, ChargeDimensions, bool> Rows() => new()
    {
        { "nothing", new(), true },
        { "organisation", new() { Organization = V("acme") }, true },
        { "other organisation", new() { Organization = V("other") }, false },
        { "repository", new() { Repository = V("ACME/web") }, true },
        { "other repository", new() { Repository = V("acme/api") }, false },
        { "workflow", new() { WorkflowPath = V(".github/workflows/triage.lock.yml") }, true },
        { "other workflow", new() { WorkflowPath = V("x.yml") }, false },
        { "model", new() { Model = V("claude-sonnet-5") }, true },
        { "other model", new() { Model = V("gpt-5-5") }, false },
        { "tier", new() { ServiceTier = V("standard") }, true },
        { "other tier", new() { ServiceTier = V("batch") }, false },
        { "band", new() { ContextBand = V("default") }, true },
        { "other band", new() { ContextBand = V("long") }, false },
        { "workspace", new() { Workspace = V("w") }, true },
        { "other workspace", new() { Workspace = V("x") }, false },
        { "project", new() { Project = V("p") }, true },
        { "other project", new() { Project = V("x") }, false },
        { "key", new() { ApiKey = V("k") }, true },
        { "other key", new() { ApiKey = V("x") }, false },
        { "cost centre", new() { CostCenter = V("c") }, true },
        { "other cost centre", new() { CostCenter = V("x") }, false },
        { "nobody", new() { User = Dimension.Nobody }, true },
        { "somebody", new() { User = V("alice") }, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_named_dimension_must_be_equal(string name, ChargeDimensions named, bool matches)
    {
        var day = new Scenario().Run(1, 10).Bill(10, named).Build();
        var known = day with
        {
            Slices = [day.Slices[0] with { Workspace = "w", Project = "p", ApiKey = "k", CostCenter = "c" }],
        };

        Assert.True(matches == (DayReconciler.Reconcile(known).Shares.Count == 1), name);
    }

    [Fact]
    public void An_unknown_workspace_matches_no_named_one_but_an_unknown_cost_centre_matches_any()
    {
        Assert.Empty(new Scenario().Run(1, 10).Bill(10, new ChargeDimensions { Workspace = V("w") }).Reconcile().Shares);
        Assert.Single(new Scenario().Run(1, 10).Bill(10, new ChargeDimensions { CostCenter = V("c") }).Reconcile().Shares);
    }

    [Theory]
    [InlineData("acme/web", ".github/workflows/triage.lock.yml", true)]
    [InlineData("acme/web", null, true)]
    [InlineData("acme/web", "x.yml", false)]
    [InlineData("acme/api", ".github/workflows/triage.lock.yml", false)]
    [InlineData("other/web", ".github/workflows/triage.lock.yml", false)]
    public void A_silent_run_leaves_a_bucket_incomplete_unless_something_speaks_against_it(string repository, string? workflow, bool could)
    {
        var names = new ChargeDimensions
        {
            Organization = V("acme"), Repository = V("acme/web"), WorkflowPath = V(".github/workflows/triage.lock.yml"),
        };
        var day = new Scenario().Run(1, 10).SilentRun(2, repository, workflow).Bill(10, names).Reconcile();

        Assert.Equal(!could, Assert.Single(day.Buckets).IsComplete);
    }

    [Fact]
    public void A_silent_run_of_another_payer_leaves_a_persons_bucket_complete()
    {
        var day = new Scenario()
            .Run(1, 10, payer: Payer.User("alice")).SilentRun(2, payer: Payer.User("bob"))
            .Bill(10, Names.Person("alice", "claude-sonnet-5")).Reconcile();

        Assert.True(Assert.Single(day.Buckets).IsComplete);
    }

    [Fact]
    public void Narrower_buckets_are_served_first_whatever_their_names()
    {
        var day = new Scenario()
            .Run(1, 10)
            .Bill(10, new ChargeDimensions { Model = V("claude-sonnet-5") }, id: "a")
            .Bill(10, new ChargeDimensions { Model = V("claude-sonnet-5"), Repository = V("acme/web") }, id: "b")
            .Bill(10, new ChargeDimensions { Model = V("claude-sonnet-5"), User = Dimension.Nobody, TokenKind = TokenKind.Input }, id: "c")
            .Reconcile();

        Assert.Equal([3, 2, 1], day.Buckets.Select(bucket => Count(bucket.Dimensions)));
    }

    private static int Count(ChargeDimensions named) =>
        (named.Model.IsNamed ? 1 : 0) + (named.Repository.IsNamed ? 1 : 0) + (named.User.IsNamed ? 1 : 0) + (named.TokenKind is null ? 0 : 1);

    private static Dimension V(string value) => Dimension.Value(value);
}
