using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class CheckpointsContract(IStorageUnderTest storage) : StorageContract(storage)
{
    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_mark_that_was_never_set_is_unknown_and_can_be_removed()
    {
        var marks = await Storage.OpenCheckpointsAsync();

        await marks.RemoveAsync("poll/github", Token);

        Assert.Null(await marks.FindAsync("poll/github", Token));
        Assert.Empty(await marks.ReadAsync("", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_mark_is_seen_by_other_processes_and_replaced_whole()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        await marks.SetAsync(new Checkpoint("poll/github", Some.Time, "page 1"), Token);
        var replaced = new Checkpoint("poll/github", Some.Time.AddTicks(1));
        await marks.SetAsync(replaced, Token);

        Assert.Equal(replaced, await (await Storage.OpenCheckpointsAsync()).FindAsync("poll/github", Token));
        Assert.Equal([replaced], await marks.ReadAsync("", Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_removed_mark_is_gone_and_its_neighbours_are_not()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        await marks.SetAsync(new Checkpoint("a", Some.Time), Token);
        await marks.SetAsync(new Checkpoint("ab", Some.Time), Token);

        await marks.RemoveAsync("a", Token);

        Assert.Null(await marks.FindAsync("a", Token));
        Assert.Equal("ab", Assert.Single(await marks.ReadAsync("", Token).ToListAsync(Token)).Name);
    }

    [Fact]
    public async Task Marks_are_read_by_the_beginning_of_their_names_in_ordinal_order()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        foreach (var name in new[] { "poll/b", "poll/a/1", "poll/a", "Poll/a", "poll", "poll0", "pol", "poll/ä", "q" })
            await marks.SetAsync(new Checkpoint(name, Some.Time), Token);

        Assert.Equal(["poll/a", "poll/a/1", "poll/b", "poll/ä"], await NamesAsync(marks, "poll/"));
        Assert.Equal(
            ["Poll/a", "pol", "poll", "poll/a", "poll/a/1", "poll/b", "poll/ä", "poll0", "q"],
            await NamesAsync(marks, ""));
        Assert.Empty(await NamesAsync(marks, "poll%"));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Names_and_values_may_be_any_text(string text)
    {
        var marks = await Storage.OpenCheckpointsAsync();
        var mark = new Checkpoint(text, Some.Time, text);
        await marks.SetAsync(mark, Token);
        await marks.SetAsync(new Checkpoint("other", Some.Time), Token);

        Assert.Equal(mark, await marks.FindAsync(text, Token));
        Assert.Equal([mark], await marks.ReadAsync(text, Token).ToListAsync(Token));

        await marks.RemoveAsync(text, Token);

        Assert.Null(await marks.FindAsync(text, Token));
        Assert.Equal(["other"], await NamesAsync(marks, ""));
    }

    [Fact]
    public async Task Long_names_that_differ_at_their_ends_are_two_marks()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        var (one, other) = Hostile.LongTwins;
        await marks.SetAsync(new Checkpoint(one, Some.Time, "1"), Token);
        await marks.SetAsync(new Checkpoint(other, Some.Time, "2"), Token);

        Assert.Equal("1", (await marks.FindAsync(one, Token))!.Value);
        Assert.Equal("2", (await marks.FindAsync(other, Token))!.Value);
        Assert.Equal([one, other], await NamesAsync(marks, one[..350]));
    }

    [Fact]
    public async Task A_value_of_8000_characters_is_kept_whole()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        var mark = new Checkpoint("long", Some.Time, string.Concat(Enumerable.Repeat("ünï'漢\"\\ ", 1000)));

        await marks.SetAsync(mark, Token);

        Assert.Equal(8000, mark.Value.Length);
        Assert.Equal(mark, await marks.FindAsync("long", Token));
    }

    [Fact]
    public async Task Two_processes_may_set_one_mark_at_once()
    {
        async Task SetAsync(string value)
        {
            var own = await Storage.OpenCheckpointsAsync();
            for (var i = 0; i < 10; i++)
                await own.SetAsync(new Checkpoint("same", Some.Time, value), Token);
        }

        await Task.WhenAll(Task.Run(() => SetAsync("one"), Token), Task.Run(() => SetAsync("two"), Token));

        var marks = await Storage.OpenCheckpointsAsync();
        var mark = Assert.Single(await marks.ReadAsync("", Token).ToListAsync(Token));
        Assert.Contains(mark.Value, new[] { "one", "two" });
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_the_old_mark()
    {
        var marks = await Storage.OpenCheckpointsAsync();
        await marks.SetAsync(new Checkpoint("m", Some.Time, "old"), Token);

        var writes = await KillAtEveryWriteAsync(
            _ => marks.SetAsync(new Checkpoint("m", Some.Time, "new"), Token),
            async _ => Assert.Equal("old", (await marks.FindAsync("m", Token))!.Value));

        Assert.True(writes >= 1);
        Assert.Equal("new", (await marks.FindAsync("m", Token))!.Value);
    }

    private static async Task<List<string>> NamesAsync(ICheckpoints marks, string prefix) =>
        await marks.ReadAsync(prefix, Token).Select(mark => mark.Name).ToListAsync(Token);
}
