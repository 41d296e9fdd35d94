using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Turns;

public sealed class TurnLawsTests
{
    private static readonly Config Worlds = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void Turns_and_what_is_linked_to_none_add_up_to_the_run() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var files = TurnWorld.Of(seed);
            var attempts = files.Fold().Attempts;
            return AddsUp(attempts, TurnFold.Of(files, attempts).Turns);
        }).Check(Worlds);

    [Fact]
    public void They_do_so_over_any_other_files_and_over_none() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var attempts = TurnWorld.Of(seed).Fold().Attempts;
            return AddsUp(attempts, TurnFold.Of(TurnWorld.Of(seed + 1), attempts).Turns)
                && AddsUp(attempts, TurnFold.Of(new RunFiles(), attempts).Turns);
        }).Check(Worlds);

    [Fact]
    public void The_worlds_hold_every_kind_of_link_and_tokens_that_are_spread()
    {
        var turns = Enumerable.Range(0, 200).SelectMany(seed => TurnFold.Of(TurnWorld.Of(seed))).ToList();

        Assert.All(Enum.GetValues<TurnLink>(), link =>
            Assert.Contains(turns, turn => turn.Link == link && turn.Slices.Sum(slice => slice.Requests) > 0));
        Assert.Contains(turns, turn => turn.Link != TurnLink.Unlinked && turn.SpreadTokens > 0);
        Assert.Contains(turns, turn => turn.Turn is { Agent: "n" } && turn.Slices.Count > 0);
    }

    [Fact]
    public void The_order_of_the_files_changes_nothing() =>
        Prop.ForAll(Seeds(), seed =>
        {
            var files = TurnWorld.Of(seed);
            var attempts = files.Fold().Attempts;
            var backward = new RunFiles();
            foreach (var file in Enumerable.Reverse(files.All))
                backward.AddArchived(file);
            var (one, other) = (TurnFold.Of(files, attempts), TurnFold.Of(backward, attempts));
            return one.UnreadRequests == other.UnreadRequests && one.UnreadRequests == 0
                && one.Turns.Select(Text).SequenceEqual(other.Turns.Select(Text), StringComparer.Ordinal);
        }).Check(Worlds);

    private static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static string Text(TurnUsage turn) =>
        $"{turn.Run.Key} {turn.Phase} {turn.Turn} {turn.Link} {turn.SpreadTokens} {string.Join('\n', turn.Slices)}";

    // By the whole key, and a slice's key says everything but the figures.
    private static bool AddsUp(IReadOnlyList<LedgerRun> attempts, IReadOnlyList<TurnUsage> turns)
    {
        var whole = attempts.SelectMany(attempt => attempt.Slices).ToDictionary(KeyOf, FiguresOf);
        var parts = turns.SelectMany(turn => turn.Slices).GroupBy(KeyOf).ToDictionary(
            group => group.Key,
            group => group.Select(FiguresOf).Aggregate(static (sum, one) => (
                sum.Requests + one.Requests, sum.Duration + one.Duration, sum.Tokens + one.Tokens)));
        return whole.Count == parts.Count
            && whole.All(slice => parts.TryGetValue(slice.Key, out var part) && part == slice.Value)
            && turns.All(turn => turn.Slices.All(slice => slice.Phase == turn.Phase && slice.Run == turn.Run.Key))
            && turns.All(turn => turn.Slices.All(
                slice => TokenCounts.Kinds.All(kind => slice.Tokens[kind] >= 0)));
    }

    private static UsageSlice KeyOf(UsageSlice slice) => slice with
    {
        Requests = 0, DurationMilliseconds = 0, Tokens = default, UnresolvedCacheTokens = 0,
    };

    private static (long Requests, long Duration, TokenCounts Tokens) FiguresOf(UsageSlice slice) =>
        (slice.Requests, slice.DurationMilliseconds, slice.Tokens);
}
