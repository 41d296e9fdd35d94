using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Outcomes;

public sealed class RunWorkTests
{
    private static readonly RunFacts Run = new(new RunKey("github.com", 7, 1), "acme", "acme/webshop");
    private static readonly WorkSubject Twelve = WorkSubject.Of("github.com", "acme/webshop", 12);

    [Fact]
    public void The_pull_request_that_a_run_was_for_is_worked_on() => Assert.Equal(
        [new WorkLink(Twelve, WorkKind.PullRequest, WorkRelation.WorkedOn, WorkSource.RunFacts)],
        RunWork.Of(Run with { PullRequest = 12 }, [], null).Links);

    [Fact]
    public void What_a_run_did_there_says_more_than_what_it_was_for()
    {
        var work = RunWork.Of(
            Run with { PullRequest = 12 }, [Item("submit_pull_request_review", 12)], null);

        Assert.Equal([WorkRelation.Reviewed], work.Links.Select(link => link.Relation));
        Assert.Equal(default, CostSubject.Of(work.Links));
    }

    [Fact]
    public void Both_files_tell_of_one_output_and_the_surer_one_is_named()
    {
        var item = Item("create_pull_request", 12);

        var work = RunWork.Of(Run, [item with { Source = WorkSource.ActivitySummary }, item], null);

        Assert.Equal(
            [new WorkLink(Twelve, WorkKind.PullRequest, WorkRelation.Created, WorkSource.SafeOutputs)], work.Links);
    }

    [Fact]
    public void What_is_ambiguous_is_linked_to_nothing_and_counted()
    {
        var work = RunWork.Of(
            Run with { PullRequestAbsence = PullRequestAbsence.Several },
            [
                Item("create_issue", null),
                Item("create_pull_request", 12) with { Addressed = Twelve with { Number = 13 } },
                Item("noop", null),
            ],
            null);

        Assert.Empty(work.Links);
        Assert.Equal(
            [UnlinkedReason.SeveralPullRequests, UnlinkedReason.NoNumber, UnlinkedReason.Contradiction],
            work.Unlinked);
    }

    [Fact]
    public void A_branch_links_to_its_only_pull_request()
    {
        var work = RunWork.Of(Run, [], "copilot/fix-1");

        Assert.Equal(WorkSource.HeadBranch, Assert.Single(work.WithBranch([12], Run.Repository).Links).Source);
        Assert.Equal(
            [UnlinkedReason.SharedBranch], work.WithBranch([12, 13], Run.Repository).Unlinked);
        Assert.Empty(work.WithBranch([], Run.Repository).Links);
    }

    [Fact]
    public void Cost_goes_to_what_was_created_else_worked_on_and_several_share_it()
    {
        Assert.Equal(new CostSubject(Twelve, false), CostOf(
            Item("create_pull_request", 12), Item("push_to_pull_request_branch", 13), Item("create_issue", 14)));
        Assert.Equal(new CostSubject(Twelve, false), CostOf(Item("push_to_pull_request_branch", 12)));
        Assert.Equal(
            new CostSubject(null, true), CostOf(Item("create_pull_request", 12), Item("create_pull_request", 13)));
        Assert.Equal(default, CostOf(Item("create_issue", 12), Item("add_comment", 13)));
    }

    private static CostSubject CostOf(params ReportedItem[] items) =>
        CostSubject.Of(RunWork.Of(Run, items, null).Links);

    private static ReportedItem Item(string type, long? number) =>
        new(type, WorkSource.SafeOutputs) { Number = number };
}
