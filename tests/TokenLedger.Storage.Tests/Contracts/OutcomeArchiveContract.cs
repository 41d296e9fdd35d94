using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class OutcomeArchiveContract(IStorageUnderTest storage) : StorageContract(storage)
{
    private static readonly DateTimeOffset At = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly OutcomePlace Twelve = OutcomePlace.OfNumber("github.com", "Acme/Webshop", 12)!;

    private static readonly OutcomePlace Commit =
        OutcomePlace.OfCommit("github.com", "acme/webshop", new string('a', 40))!;

    [Fact]
    public async Task Facts_come_back_as_they_were_told_and_twice_is_once()
    {
        var archive = await Storage.OpenOutcomesAsync();
        var snapshot = new OutcomeSnapshot(At, WorkKind.PullRequest, IsOpen: true)
        {
            Author = "<img src=x onerror=alert(1)> | =cmd()", HeadBranch = "../../etc", Additions = long.MaxValue,
        };
        OutcomeFact[] facts =
            [snapshot, new ReviewThreadFact(At, "t", IsResolved: true, 2), new RevertFact(At, "#13")];

        foreach (var fact in facts)
            Assert.True(await archive.AddAsync(Twelve, fact, Token));
        Assert.False(await archive.AddAsync(Twelve, snapshot, Token));

        var read = await (await Storage.OpenOutcomesAsync()).ReadAsync(Twelve, Token);
        Assert.Equal(facts.ToHashSet(), read.ToHashSet());
        Assert.Equal(3, read.Count);
    }

    [Fact]
    public async Task Places_are_kept_apart_and_walked_through()
    {
        var archive = await Storage.OpenOutcomesAsync();
        OutcomePlace[] places = [Twelve, Twelve with { Number = 1 }, Twelve with { Number = 123 }, Commit];
        foreach (var place in places)
        {
            await archive.AddAsync(place, new RevertFact(At, place.Path), Token);
            await archive.AddAsync(place, new RevertFact(At.AddDays(1), place.Path), Token);
        }

        Assert.Equal(2, (await archive.ReadAsync(Twelve with { Number = 1 }, Token)).Count);
        Assert.Empty(await archive.ReadAsync(Twelve with { Number = 2 }, Token));
        Assert.Equal(places.ToHashSet(), (await archive.ReadPlacesAsync(Token).ToListAsync(Token)).ToHashSet());
    }

    [Fact]
    public async Task Nothing_was_told_at_first()
    {
        var archive = await Storage.OpenOutcomesAsync();

        Assert.Empty(await archive.ReadAsync(Commit, Token));
        Assert.Empty(await archive.ReadPlacesAsync(Token).ToListAsync(Token));
    }
}
