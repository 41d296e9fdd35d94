using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>What a day was before it was reconciled anew.</summary>
public abstract class DayRevisionsContract(IStorageUnderTest storage) : DayContract(storage)
{
    private static readonly BillingAccount Other = new("anthropic", BillingAccountKind.Organization, "acme");

    [Fact]
    public async Task A_day_that_was_never_reconciled_has_no_revisions()
    {
        var days = await Storage.OpenDaysAsync();

        Assert.Empty(await RevisionsAsync(days, null, Some.Day, Some.Day.AddDays(1)));
        Assert.Empty(await days.ReadSharesAsync(HeadOf(SomeDay.Of(), 1), Token).ToListAsync(Token));
        Assert.Empty(await days.ReadUnallocatedAsync(HeadOf(SomeDay.Of(), 1), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Every_revision_of_a_day_whose_bill_was_seen_is_told_with_what_it_held()
    {
        ReconciledDay[] stored =
            [SomeDay.Unknown(), SomeDay.Of("h1", 6), SomeDay.Of("h2", 0), SomeDay.Of("h3", 2, 1000)];
        var days = await Storage.OpenDaysAsync();
        foreach (var day in stored)
            Assert.True(await days.StoreAsync(day, Token));

        var again = await Storage.OpenDaysAsync();

        Assert.Equal(
            stored.Select((day, index) => HeadOf(day, index + 1)).Skip(1),
            await RevisionsAsync(again, Some.Account, Some.Day, Some.Day.AddDays(1)));
        for (var index = 1; index < stored.Length; index++)
        {
            var head = HeadOf(stored[index], index + 1);
            Assert.Equal(stored[index].Shares, await again.ReadSharesAsync(head, Token).ToListAsync(Token));
            Assert.Equal(stored[index].Unallocated, await again.ReadUnallocatedAsync(head, Token).ToListAsync(Token));
        }

        await AssertStoredAsync(again, stored[^1], revision: stored.Length);
    }

    [Fact]
    public async Task A_day_whose_bill_nobody_has_seen_is_told_as_it_is_now()
    {
        var days = await Storage.OpenDaysAsync();
        await days.StoreAsync(SomeDay.Unknown("h1"), Token);
        await days.StoreAsync(SomeDay.Unknown("h2"), Token);

        Assert.Equal(
            [HeadOf(SomeDay.Unknown("h2"), 2)], await RevisionsAsync(days, null, Some.Day, Some.Day.AddDays(1)));
    }

    [Fact]
    public async Task Revisions_are_told_by_day_then_account_then_number_and_within_the_period_alone()
    {
        var days = await Storage.OpenDaysAsync();
        var next = Some.Day.AddDays(1);
        foreach (var hash in new[] { "h1", "h2", "h3" })
        {
            await days.StoreAsync(SomeDay.Of(hash, day: next), Token);
            await days.StoreAsync(SomeDay.Of(hash, day: Some.Day, account: Other), Token);
        }

        await days.StoreAsync(SomeDay.Of(day: Some.Day), Token);
        await days.StoreAsync(SomeDay.Of(day: next.AddDays(1)), Token);

        Assert.Equal(
            [
                (Some.Day, Other, 1L), (Some.Day, Other, 2L), (Some.Day, Other, 3L), (Some.Day, Some.Account, 1L),
                (next, Some.Account, 1L), (next, Some.Account, 2L), (next, Some.Account, 3L),
            ],
            (await RevisionsAsync(days, null, Some.Day, next.AddDays(1)))
                .Select(head => (head.Settlement.Day, head.Settlement.Account, head.Revision)));
        Assert.Equal(
            [1L, 2L, 3L],
            (await RevisionsAsync(days, Other, Some.Day, next.AddDays(1))).Select(head => head.Revision));
        Assert.Empty(await RevisionsAsync(days, Other, next, next.AddDays(1)));
    }

    [Fact]
    public async Task A_writer_killed_at_any_call_leaves_every_revision_once()
    {
        var days = await Storage.OpenDaysAsync();
        Assert.True(await days.StoreAsync(SomeDay.Of("h1", 6), Token));
        Assert.True(await days.StoreAsync(SomeDay.Of("h2", 2), Token));
        var next = SomeDay.Of("h3", 4, 1000);
        for (var calls = 0; ; calls++)
        {
            var left = calls;
            Storage.BeforeWrite = () =>
            {
                if (left-- == 0)
                    throw new KilledException();
            };
            try
            {
                await (await Storage.OpenDaysAsync()).StoreAsync(next, Token);
                break;
            }
            catch (KilledException)
            {
                Storage.BeforeWrite = null;
                var kept = await RevisionsAsync(days, Some.Account, Some.Day, Some.Day.AddDays(1));
                Assert.Equal(Enumerable.Range(1, kept.Count).Select(number => (long)number), kept.Select(head => head.Revision));
                Assert.InRange(kept.Count, 2, 3);
            }
        }

        Storage.BeforeWrite = null;
        Assert.Equal(
            [HeadOf(SomeDay.Of("h1", 6), 1), HeadOf(SomeDay.Of("h2", 2), 2), HeadOf(next, 3)],
            await RevisionsAsync(days, null, Some.Day, Some.Day.AddDays(1)));
    }
}
