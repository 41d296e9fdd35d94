using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Domain.Tests.Outcomes;

public sealed class OutcomeFoldTests
{
    private static readonly WorkSubject Subject = WorkSubject.Of("github.com", "Acme/Webshop", 12);
    private static readonly DateTimeOffset Opened = new(2026, 11, 18, 10, 0, 0, TimeSpan.Zero);

    private static readonly OutcomeSnapshot Open = new(Opened, WorkKind.PullRequest, IsOpen: true)
    {
        CreatedAt = Opened, Author = "copilot[bot]", Additions = 4, Deletions = 1, ChangedFiles = 1,
        HeadBranch = "copilot/fix-1",
    };

    private static readonly OutcomeSnapshot Merged = new(Opened.AddHours(5), WorkKind.PullRequest, IsOpen: false)
    {
        CreatedAt = Opened, ClosedAt = Opened.AddHours(5), MergedAt = Opened.AddHours(5), MergedBy = "alice",
        Additions = 9, Deletions = 2, ChangedFiles = 3, ReviewComments = 3, MergeCommit = "aa",
    };

    [Fact]
    public void Without_a_snapshot_nothing_is_known() =>
        Assert.Null(OutcomeFold.Of(Subject, [new RevertFact(Opened, "#13")]));

    [Fact]
    public void The_newest_snapshot_that_says_something_says_it()
    {
        var outcome = OutcomeFold.Of(Subject, [Merged, Open])!;

        Assert.Equal(
            (OutcomeState.Merged, "copilot[bot]", "alice", 11L, 3L, "copilot/fix-1", "aa"),
            (outcome.State, outcome.Author, outcome.MergedBy, outcome.LinesChanged, outcome.ReviewComments,
                outcome.HeadBranch, outcome.MergeCommit));
        Assert.Null(outcome.AcceptedReviewComments);
        Assert.Equal(Opened.AddHours(5), outcome.LastEventAt);
    }

    [Fact]
    public void Closed_and_opened_again_is_open()
    {
        var closed = Open with { At = Opened.AddHours(1), IsOpen = false, ClosedAt = Opened.AddHours(1) };
        Assert.Equal(OutcomeState.Closed, OutcomeFold.Of(Subject, [Open, closed])!.State);

        var again = OutcomeFold.Of(Subject, [closed, Open with { At = Opened.AddHours(2) }, Open])!;

        Assert.Equal((OutcomeState.Open, (DateTimeOffset?)null), (again.State, again.ClosedAt));
    }

    [Fact]
    public void Only_what_was_merged_can_be_reverted()
    {
        RevertFact[] reverts = [new(Opened.AddDays(2), "bb"), new(Opened.AddDays(1), "#13")];

        Assert.Equal(OutcomeState.Open, OutcomeFold.Of(Subject, [Open, .. reverts])!.State);
        var outcome = OutcomeFold.Of(Subject, [.. reverts, Merged, Open])!;
        Assert.Equal((OutcomeState.Reverted, "#13", true), (outcome.State, outcome.RevertedBy, outcome.IsMerged));
    }

    [Fact]
    public void Comments_of_threads_that_stay_resolved_are_accepted()
    {
        var outcome = OutcomeFold.Of(
            Subject,
            [
                Merged,
                new ReviewThreadFact(Opened.AddHours(1), "t1", IsResolved: true, Comments: 2),
                new ReviewThreadFact(Opened.AddHours(2), "t2", IsResolved: true, Comments: 1),
                new ReviewThreadFact(Opened.AddHours(3), "t2", IsResolved: false, Comments: 1),
            ])!;

        Assert.Equal((3L, 2L), (outcome.ReviewComments, outcome.AcceptedReviewComments));
    }

    [Fact]
    public void Order_and_repetition_of_facts_change_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        Facts().ToArbitrary(), ArbMap.Default.ArbFor<int>(), (facts, seed) =>
        {
            // Not for secrets: the order of a case.
            var random = new Random(seed);
            var shuffled = facts.Concat(facts.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToList();
            return Equals(OutcomeFold.Of(Subject, facts), OutcomeFold.Of(Subject, shuffled));
        }));

    private static Gen<OutcomeFact[]> Facts()
    {
        var at = Gen.Choose(0, 5).Select(hours => Opened.AddHours(hours));
        var count = Gen.OneOf(Gen.Constant((long?)null), Gen.Choose(0, 3).Select(number => (long?)number));
        var snapshot =
            from time in at
            from isOpen in ArbMap.Default.GeneratorFor<bool>()
            from isMerged in ArbMap.Default.GeneratorFor<bool>()
            from kind in Gen.Elements(WorkKind.PullRequest, WorkKind.Issue)
            from lines in count
            from author in Gen.Elements<string?>(null, "a", "b")
            select (OutcomeFact)new OutcomeSnapshot(time, kind, isOpen)
            {
                MergedAt = isMerged ? time : null, ClosedAt = isOpen ? null : time, Additions = lines, Author = author,
                MergeCommit = author,
            };
        var revert = at.Select(time => (OutcomeFact)new RevertFact(time, "#" + time.Hour));
        var thread =
            from time in at
            from name in Gen.Elements("t1", "t2")
            from isResolved in ArbMap.Default.GeneratorFor<bool>()
            from comments in Gen.Choose(1, 2)
            select (OutcomeFact)new ReviewThreadFact(time, name, isResolved, comments);
        return Gen.ArrayOf(Gen.OneOf(snapshot, revert, thread));
    }
}
